import type { JsonObject } from '@skerry/shared/base/json';
import { describe, expect, it } from 'vitest';
import {
  ancestors,
  documentNode,
  type ExplorerNode,
  explorerTree,
  filterTree,
  ROOT,
} from '../../../../studio/renderer/explorer/explorer-tree.ts';
import { nodeMarks } from '../../../../studio/renderer/explorer/node-marks.ts';

const content = new Map<string, JsonObject>(
  [
    'skerry.json',
    'security.json',
    'navigation/Phone.json',
    'modules/Field/module.json',
    'modules/Field/domain.json',
    'modules/Field/domain.layout.json',
    'modules/Field/entities/Site.json',
    'modules/Field/pages/Home.json',
    'modules/Field/pages/visits/Open.json',
    'modules/Assets/module.json',
    'modules/Assets/entities/Pump.json',
  ].map((path) => [path, {}]),
);
const tree = explorerTree(content, ['modules/Field/pages/Broken.json']);

/** The tree as indented lines. */
function drawn({ children }: typeof tree, id = ROOT, depth = 0): string[] {
  return (children.get(id) ?? []).flatMap((child) => [
    `${'  '.repeat(depth)}${child}`,
    ...drawn({ ...tree, children }, child, depth + 1),
  ]);
}

const wordsOf = (node: ExplorerNode) => (node.kind === 'document' ? node.name : node.id);

describe('the explorer', () => {
  it('shows the own documents, then modules by name, folders before documents, and no geometry', () => {
    expect(drawn(tree)).toEqual([
      'document:skerry.json',
      'document:security.json',
      'group:/navigationProfile',
      '  document:navigation/Phone.json',
      'module:Assets',
      '  group:Assets/entity',
      '    document:modules/Assets/entities/Pump.json',
      'module:Field',
      '  document:modules/Field/domain.json',
      '    document:modules/Field/entities/Site.json',
      '  group:Field/page',
      '    folder:Field/pages/visits',
      '      document:modules/Field/pages/visits/Open.json',
      '    document:modules/Field/pages/Broken.json',
      '    document:modules/Field/pages/Home.json',
    ]);
  });

  it('says of files that do not parse that they are unreadable', () => {
    const broken = tree.nodes.get(documentNode('modules/Field/pages/Broken.json'));
    expect(broken).toMatchObject({ isUnreadable: true });
  });

  it('keeps the way to what a filter finds, and nothing else', () => {
    expect(drawn(filterTree(tree, 'ope', wordsOf))).toEqual([
      'module:Field',
      '  group:Field/page',
      '    folder:Field/pages/visits',
      '      document:modules/Field/pages/visits/Open.json',
    ]);
  });

  it('is empty when nothing matches, and whole without a filter', () => {
    expect(drawn(filterTree(tree, 'nothing such', wordsOf))).toEqual([]);
    expect(filterTree(tree, '  ', wordsOf)).toBe(tree);
  });

  it('knows what stands above a document, from the top', () => {
    expect(ancestors(tree, documentNode('modules/Field/pages/visits/Open.json'))).toEqual([
      'module:Field',
      'group:Field/page',
      'folder:Field/pages/visits',
    ]);
  });

  it('counts problems and unsaved work into everything above, geometry into its document', () => {
    const problem = { code: 'a/b', message: 'm', severity: 'error' } as const;
    const marks = nodeMarks(
      tree,
      new Map([
        ['modules/Field/pages/Home.json', [problem, { ...problem, severity: 'warning' }]],
        ['modules/Field/entities/Site.json', [{ ...problem, severity: 'information' }]],
      ]),
      new Set(['modules/Field/domain.layout.json']),
    );
    expect(marks.get('module:Field')).toEqual({ errors: 1, warnings: 1, isDirty: true });
    expect(marks.get('group:Field/page')).toEqual({ errors: 1, warnings: 1, isDirty: false });
    expect(marks.get(documentNode('modules/Field/domain.json'))).toEqual({ errors: 0, warnings: 0, isDirty: true });
    expect(marks.has('module:Assets')).toBe(false);
  });
});
