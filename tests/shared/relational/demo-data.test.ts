import { parseCsv } from '@skerry/shared/relational/csv';
import { readDemoData } from '@skerry/shared/relational/demo-data';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anApp, idOf } from '../../support/model-builder.ts';

const A = '01943aa0-bc00-7331-abe1-41c114941404';
const B = '01943aa0-bc00-7f53-b13d-2b92b68f45a5';

const model = anApp()
  .withEnumeration('M.Color', ['Red', 'Blue'])
  .withEntity('M.Site', { attributes: { Name: 'String' } })
  .withEntity('M.Visit', {
    attributes: {
      Title: 'String(10)',
      Cost: 'Decimal',
      Count: 'Integer',
      Serial: 'Long',
      Done: 'Boolean',
      At: 'DateTime',
      Color: 'Enumeration(M.Color)',
    },
    associations: { Visit_Site: 'M.Site', Visit_Others: 'M.Site*' },
  })
  .model();
const read = (files: { readonly [path: string]: string }) => readDemoData(model, new Map(Object.entries(files)));

describe('demo data', () => {
  it('reads cells in canonical form, references and links', () => {
    const { objects, diagnostics } = read({
      'data/M.Site.csv': `id,Name\n${B},"a ""b"", c"\n`,
      'data/M.Visit.csv': `id,Title,Cost,Count,Serial,Done,At,Color,Visit_Site,Visit_Others\r\n${A},"",-01.50,7,9007199254740993,true,2026-11-23T07:00:00.000Z,Blue,${B},${B} ${B}\r\n`,
    });
    expect(diagnostics).toEqual([]);
    const id = (name: string) => idOf(`M.Visit/${name}`);
    expect(objects[0]).toMatchObject({ entity: 'M.Site', cells: { [idOf('M.Site/Name')]: 'a "b", c' } });
    expect(objects[1]).toEqual({
      entity: 'M.Visit',
      id: A,
      cells: {
        [id('Title')]: '',
        [id('Cost')]: '-1.5',
        [id('Count')]: 7,
        [id('Serial')]: '9007199254740993',
        [id('Done')]: true,
        [id('At')]: Date.UTC(2026, 10, 23, 7),
        [id('Color')]: idOf('M.Color.Blue'),
        [idOf('M.Visit_Site')]: B,
      },
      links: { [idOf('M.Visit_Others')]: [B, B] },
    });
  });

  it.each([
    ['data/M.Visit.csv', `id,Cost\n${A},much`, 'demo/wrong-cell', [2, 38]],
    ['data/M.Visit.csv', `id,Color\n${A},Green`, 'demo/wrong-cell', [2, 38]],
    ['data/M.Visit.csv', `id,Title\n${A},"twelve\nletters"`, 'demo/wrong-cell', [2, 38]],
    ['data/M.Visit.csv', `id,Nope\n${A},x`, 'demo/unknown-member', [1, 4]],
    ['data/M.Visit.csv', `id\n${A}\n${A}`, 'demo/duplicate-id', [3, 1]],
    ['data/M.Visit.csv', 'id\n12', 'demo/wrong-id', [2, 1]],
    ['data/M.Visit.csv', `id,Visit_Site\n${A},${B}`, 'demo/unknown-object', [2, 38]],
    ['data/M.Visit.csv', `id,Done\n${A}`, 'demo/wrong-number-of-cells', [2, 1]],
    ['data/M.Visit.csv', 'Done\ntrue', 'demo/no-id-column', [1, 1]],
    ['data/M.Nope.csv', 'id', 'demo/unknown-entity', [1, 1]],
  ])('reports in %s %j as %s', (path, text, code, at) => {
    expect(read({ [path]: text }).diagnostics).toMatchObject([{ code, document: path, path: at }]);
  });

  it('reads what any writer of RFC 4180 writes', () => {
    const field = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r\n', ' ', 'é') });
    const table = fc
      .integer({ min: 1, max: 4 })
      .chain((width) => fc.array(fc.array(field, { minLength: width, maxLength: width }), { maxLength: 6 }));
    fc.assert(
      fc.property(table, fc.constantFrom('\n', '\r\n'), (rows, end) => {
        const text = rows.map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(',') + end).join('');
        expect(parseCsv(text).map((row) => row.map((one) => one.text))).toEqual(rows);
      }),
    );
  });
});
