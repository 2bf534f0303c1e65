import { describe, expect, it } from 'vitest';
import { listFiles, readSource } from './source-files.ts';

/** A rule's number at the head of a test's name: `it('[SC7] reports …')`. */
function citedIds(text: string): string[] {
  return [...text.matchAll(/['"`]((?:\[[A-Z]{2,}\d+[a-z]?\]\s*)+)/g)].flatMap(([, ids = '']) =>
    [...ids.matchAll(/\[(\w+)\]/g)].map(([, id = '']) => id),
  );
}

/** A SPEC.md states a rule where its number begins a line, an item of a list or a cell of a table. */
function statedIds(text: string): string[] {
  return [...text.matchAll(/^[\s>]*(?:[-*|#]+\s*)?[*_`[]*([A-Z]{2,}\d+[a-z]?)\b/gm)].map(([, id = '']) => id);
}

const specs = listFiles().filter((path) => path.endsWith('/SPEC.md'));
const tests = listFiles('tests').filter((path) => /\.(test|contract)\.tsx?$/.test(path));

describe('rule numbers', () => {
  it('that tests cite are stated in a SPEC.md', () => {
    const stated = new Set(specs.flatMap((path) => statedIds(readSource(path))));
    const unknown = tests
      .filter((path) => !path.endsWith('architecture/spec-ids.test.ts'))
      .flatMap((path) => citedIds(readSource(path)).map((id) => ({ path, id })))
      .filter(({ id }) => !stated.has(id))
      .map(({ path, id }) => `${path} cites ${id}, which no SPEC.md states`);
    expect(unknown).toEqual([]);
  });

  it('are stated once', () => {
    const twice = specs.flatMap((path) => {
      const ids = statedIds(readSource(path));
      return ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `${path} states ${id} twice`);
    });
    expect(twice).toEqual([]);
  });

  it('are found where they are cited', () => {
    const text = `it('[SC7] reports x'); it("[SC8b] y"); it(\`[CX2][EX10] z\`); const row = cells['A1']; // [SC9]`;
    expect(citedIds(text)).toEqual(['SC7', 'SC8b', 'CX2', 'EX10']);
  });

  it('are found where they are stated', () => {
    const text =
      '# SC\n- **SC1** Roots\n- SC2 *Reach*: see SC1\n### SC8b Automatic\n| CX1 | text |\nNo SC9 here.\nEX3. Empty';
    expect(statedIds(text)).toEqual(['SC1', 'SC2', 'SC8b', 'CX1', 'EX3']);
  });
});
