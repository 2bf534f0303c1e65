import type { JsonObject } from '@skerry/shared/base/json';
import { duplicateIds, withNewIds } from '@skerry/shared/metamodel/ids';
import { SYSTEM_DOCUMENTS } from '@skerry/shared/metamodel/system-module';
import { walkDocument } from '@skerry/shared/metamodel/walk';
import { describe, expect, it } from 'vitest';

const id = (letter: string) => letter.repeat(16);
const flow: JsonObject = {
  format: 1,
  kind: 'nanoflow',
  id: id('a'),
  name: 'Go',
  nodes: [
    { kind: 'start', id: id('b') },
    {
      kind: 'loop',
      id: id('c'),
      over: { kind: 'while', condition: 'true' },
      nodes: [{ kind: 'end', id: id('d') }],
      flows: [],
    },
  ],
  flows: [{ id: id('e'), from: id('b'), to: id('c') }],
  future: { id: id('b') },
};
const PATH = 'modules/M/nanoflows/Go.json';
const counter = () => {
  let next = 0;
  return (count: number) => Uint8Array.from({ length: count }, () => ++next % 256);
};

describe('element ids', () => {
  it('that occur twice are errors, in one document and across documents', () => {
    const other = {
      format: 1,
      kind: 'page',
      id: id('d'),
      name: 'P',
      layout: 'M.L',
      title: {},
      widgets: [
        { kind: 'divider', id: id('z'), name: 'x' },
        { kind: 'divider', id: id('z'), name: 'y' },
      ],
    };
    const diagnostics = duplicateIds(
      new Map<string, JsonObject>([
        [PATH, flow],
        ['modules/M/pages/P.json', other],
      ]),
    );
    expect(
      diagnostics.map(({ code, severity, document, element, path }) => ({ code, severity, document, element, path })),
    ).toEqual([
      {
        code: 'project/duplicate-id',
        severity: 'error',
        document: 'modules/M/pages/P.json',
        element: id('d'),
        path: [],
      },
      {
        code: 'project/duplicate-id',
        severity: 'error',
        document: 'modules/M/pages/P.json',
        element: id('z'),
        path: ['widgets', 1],
      },
    ]);
    expect(diagnostics[0]?.message).toContain(PATH);
  });

  it('of the built-in module are taken', () => {
    const taken = [...SYSTEM_DOCUMENTS.values()].find((content) => content.kind === 'entity')?.id as string;
    expect(duplicateIds(new Map([[PATH, { ...flow, id: taken }]]))).toHaveLength(1);
    expect(duplicateIds(new Map([[PATH, flow]]))).toEqual([]);
  });

  it('are all new in a copy, and sequence flows lead to the copied nodes', () => {
    const copy = withNewIds(PATH, flow, counter());
    const [before, after] = [walkDocument(PATH, flow), walkDocument(PATH, copy)];
    const old = new Set(before.elements.map((element) => element.id));
    expect(after.elements).toHaveLength(before.elements.length);
    expect(after.elements.filter((element) => old.has(element.id))).toEqual([]);
    const [start, loop] = copy.nodes as JsonObject[];
    expect((copy.flows as JsonObject[])[0]).toMatchObject({ from: start?.id, to: loop?.id });
    expect(copy.future).toEqual(flow.future);
    expect(flow.id).toBe(id('a'));
  });
});
