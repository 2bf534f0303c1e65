import { parseDocument, printDocument } from '@skerry/shared/metamodel/canonical';
import { DOCUMENT_KINDS, type DocumentKind } from '@skerry/shared/metamodel/kinds';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentArbitrary } from '../../support/document-arbitrary.ts';

const PATH = 'modules/Field/entities/Site.json';
const codes = (text: string) => parseDocument(PATH, text).diagnostics.map((diagnostic) => diagnostic.code);

describe('canonical text', () => {
  it.each(Object.keys(DOCUMENT_KINDS) as DocumentKind[])('of a %s prints as it was read', (kind) => {
    fc.assert(
      fc.property(documentArbitrary(kind), (content) => {
        const text = printDocument(content);
        const parsed = parseDocument(PATH, text);
        expect(parsed.content).toEqual(content);
        expect(printDocument(parsed.content!)).toBe(text);
      }),
      { numRuns: 40 },
    );
  });

  it('puts keys in the order of the schema, unknown keys behind them, and sorts maps by code point', () => {
    const content = JSON.parse(
      '{"future":{"b":1,"a":2},"name":"Site","attributes":[],"kind":"entity","another":1,"id":"aaaaaaaaaaaaaaaa","format":1,' +
        '"accessRules":[{"members":{"b":"read","B":"none","10":"read","9":"read"},"moduleRoles":["User"],"id":"bbbbbbbbbbbbbbbb"}]}',
    );
    expect(printDocument(content)).toBe(`{
  "format": 1,
  "kind": "entity",
  "id": "aaaaaaaaaaaaaaaa",
  "name": "Site",
  "attributes": [],
  "accessRules": [
    {
      "id": "bbbbbbbbbbbbbbbb",
      "moduleRoles": [
        "User"
      ],
      "members": {
        "10": "read",
        "9": "read",
        "B": "none",
        "b": "read"
      }
    }
  ],
  "future": {
    "b": 1,
    "a": 2
  },
  "another": 1
}
`);
  });

  it('reads a byte order mark and CRLF without complaint', () => {
    const text = printDocument({ format: 1, kind: 'domain', showInherited: true });
    const parsed = parseDocument(PATH, `\ufeff${text.replaceAll('\n', '\r\n')}`);
    expect(parsed.diagnostics).toEqual([]);
    expect(printDocument(parsed.content!)).toBe(text);
  });

  it('reports conflict markers with their line and gives no content', () => {
    const text =
      '{\r\n  "format": 1,\r\n<<<<<<< HEAD\r\n  "name": "A"\r\n=======\r\n  "name": "B"\r\n>>>>>>> other\r\n}\r\n';
    const parsed = parseDocument(PATH, text);
    expect(parsed.content).toBeUndefined();
    expect(parsed.diagnostics).toMatchObject([{ code: 'project/conflict-markers', severity: 'error', document: PATH }]);
    expect(parsed.diagnostics[0]?.message).toContain('line 3');
  });

  it.each([
    ['{\n  "a": 1,\n}', 3, 1],
    ['{"a" 1}', 1, 6],
    ['{"a": [1, 2', 1, 12],
    ['{"a": "x\ny"}', 1, 9],
    ['{"a": 01}', 1, 8],
    ['', 1, 1],
    ['{} x', 1, 4],
    ['{"a": "\\x"}', 1, 8],
  ])('says where %j stops being JSON', (text, line, column) => {
    const { content, diagnostics } = parseDocument(PATH, text);
    expect(content).toBeUndefined();
    expect(diagnostics).toMatchObject([{ code: 'project/not-json' }]);
    expect(diagnostics[0]?.message).toContain(`line ${line}, column ${column}:`);
  });

  it('finds an error in whatever JSON.parse refuses', () => {
    const fragments = fc.array(
      fc.constantFrom('{', '}', '[', ']', '"a"', ':', ',', '1', '-', 'true', ' ', '\n', '"', '\\', '.5'),
    );
    fc.assert(
      fc.property(fragments, (parts) => {
        const text = parts.join('');
        let parses = true;
        try {
          JSON.parse(text);
        } catch {
          parses = false;
        }
        expect(codes(text).includes('project/not-json')).toBe(!parses);
        if (!parses) expect(parseDocument(PATH, text).diagnostics[0]?.message).toMatch(/line \d+, column \d+/);
      }),
      { numRuns: 500 },
    );
  });

  it('reports an array or a number as no document', () => {
    expect(codes('[]')).toEqual(['project/not-an-object']);
    expect(codes('3')).toEqual(['project/not-an-object']);
  });

  it('refuses nesting that nobody could have made, and does not fall over', () => {
    expect(codes(`{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`)).toEqual(['project/too-deep']);
    expect(codes(`{"a":${'['.repeat(100_000)}`)).toEqual(['project/not-json']);
    expect(codes(`{"a":${'['.repeat(400)}${']'.repeat(400)}}`)).toEqual([]);
  });

  it('keeps and reports unknown keys with their place', () => {
    const { content, diagnostics } = parseDocument(
      PATH,
      '{"format":1,"kind":"entity","id":"aaaaaaaaaaaaaaaa","name":"S","attributes":[{"id":"bbbbbbbbbbbbbbbb","nam":"x","type":{"kind":"Long","size":1}}]}',
    );
    expect(diagnostics.map(({ code, severity, element, path }) => ({ code, severity, element, path }))).toEqual([
      { code: 'project/unknown-key', severity: 'warning', element: 'bbbbbbbbbbbbbbbb', path: ['attributes', 0, 'nam'] },
      {
        code: 'project/unknown-key',
        severity: 'warning',
        element: 'bbbbbbbbbbbbbbbb',
        path: ['attributes', 0, 'type', 'size'],
      },
    ]);
    expect(printDocument(content!)).toContain('"nam": "x"');
  });

  it('reads ten thousand documents within a few seconds', () => {
    const texts = fc.sample(documentArbitrary('page'), { numRuns: 40, seed: 7 }).map(printDocument);
    const started = performance.now();
    for (let i = 0; i < 10_000; i++) parseDocument(PATH, texts[i % texts.length]!);
    // Generous, because machines that test are busy; it takes about a second alone.
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});
