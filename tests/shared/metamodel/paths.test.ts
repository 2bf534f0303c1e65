import { DOCUMENT_KINDS, type DocumentKind } from '@skerry/shared/metamodel/kinds';
import { documentPath, documentPlace, projectFile } from '@skerry/shared/metamodel/paths';
import { describe, expect, it } from 'vitest';

describe('project paths', () => {
  it.each(Object.keys(DOCUMENT_KINDS) as DocumentKind[])('lead to the place of a %s and back', (kind) => {
    const inModule = DOCUMENT_KINDS[kind].folder !== undefined;
    const named = inModule || kind === 'navigationProfile' || kind === 'evolution';
    const place = {
      kind,
      module: inModule || kind === 'module' || kind === 'domain' ? 'Field' : '',
      folders: inModule ? ['Planning', 'Old'] : [],
      name: named ? 'Site' : '',
    };
    expect(documentPlace(documentPath(place))).toEqual(place);
    expect(projectFile(documentPath(place))).toEqual({ role: 'document', ...place });
  });

  it.each([
    ['modules/Field/entities/Site.layout.json', { role: 'layout', of: 'modules/Field/entities/Site.json' }],
    ['modules/Field/domain.layout.json', { role: 'layout', of: 'modules/Field/domain.json' }],
    ['modules/Field/actions/a/Scan.ts', { role: 'actionSource', of: 'modules/Field/actions/a/Scan.json' }],
    ['data/Field.Site.csv', { role: 'demoRows', entity: 'Field.Site' }],
    ['data/files/0190-x', { role: 'demoFile', id: '0190-x' }],
    ['evolution/1.2.0.json', { role: 'document', kind: 'evolution', module: '', folders: [], name: '1.2.0' }],
  ])('recognise %s', (path, file) => {
    expect(projectFile(path)).toEqual(file);
  });

  it.each([
    'README.md',
    'package.json',
    'modules/Field/widgets/X.json',
    'modules/Field/pages/x.ts',
    'modules/Field/other.json',
    'navigation/a/b.json',
    'data/x.csv',
    'modules/Field/pages/../x.json',
    'x.layout.json',
  ])('leave %s alone', (path) => {
    expect(projectFile(path)).toBeUndefined();
  });
});
