import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Diagnostic } from '@skerry/shared/base/diagnostic';
import { afterEach, describe, expect, it } from 'vitest';
import { SAMPLE, skerry } from './run-cli.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** One thing broken in a copy of the sample: what stands in a file, what takes its place, and what check must say. */
interface Breakage {
  readonly name: string;
  readonly file: string;
  readonly from: string | RegExp;
  readonly to: string;
  readonly code: string;
  /** Where it is reported, if not in the broken file. */
  readonly document?: string;
  /** Id of the element; null where the finding is about the file. */
  readonly element: string | null;
}

const field = (path: string) => `modules/Field/${path}`;

const BREAKAGES: readonly Breakage[] = [
  {
    name: 'a page names a layout that is not there',
    file: field('pages/Home.json'),
    from: '"Field.Phone"',
    to: '"Field.Phones"',
    code: 'reference/unknown',
    element: 'smfdfn7dfyiophgz',
  },
  {
    name: 'a widget shows an attribute that is not there',
    file: field('pages/Home.json'),
    from: '$currentObject/Greeting',
    to: '$currentObject/Greting',
    code: 'expression/unknown-member',
    element: '47c5kv5ifsq6pp2y',
  },
  {
    name: 'a decision compares an enumeration with a number',
    file: field('nanoflows/StartInspection.json'),
    from: '$Inspection/Status = Field.InspectionStatus.Open',
    to: '$Inspection/Status = 3',
    code: 'expression/type-mismatch',
    element: 'qi6ci6nebfo4fb5a',
  },
  {
    name: 'a flow reads a variable that nothing made',
    file: field('nanoflows/StartInspection.json'),
    from: '$Template != empty',
    to: '$Templates != empty',
    code: 'expression/unknown-variable',
    element: '7tswe2bfypcvmamb',
  },
  {
    name: 'a retrieve constrains by an association that is not there',
    file: field('nanoflows/StartInspection.json'),
    from: '[Field.Question_Template = $Template]',
    to: '[Field.Question_Templates = $Template]',
    code: 'constraint/unknown-association',
    element: '2mxwbbt6ryoc4tgf',
  },
  {
    name: 'two elements have one id',
    file: field('enumerations/InspectionStatus.json'),
    from: 'zcymmq2fa3spqopr',
    to: 'srbughb4rb2plefg',
    code: 'project/duplicate-id',
    element: 'srbughb4rb2plefg',
  },
  {
    name: 'two values have one name',
    file: field('enumerations/InspectionStatus.json'),
    from: '"name": "Draft"',
    to: '"name": "open"',
    code: 'enumeration/values',
    element: 'zcymmq2fa3spqopr',
  },
  {
    name: 'a member has a reserved name',
    file: field('entities/Site.json'),
    from: '"name": "PostalCode"',
    to: '"name": "Div"',
    code: 'entity/reserved-name',
    element: '7iqlcjv35nlmdf43',
  },
  {
    name: 'an item with items has an action',
    file: 'navigation/InspectorPhone.json',
    from: /("icon": "settings",)/,
    to: '$1 "action": { "kind": "synchronize" },',
    code: 'navigation/item-with-items-and-action',
    element: 'ns4a2d6rszz7c7rd',
  },
  {
    name: 'an entity that the device shows over an association is online',
    file: 'navigation/InspectorPhone.json',
    from: /"entities": \{/,
    to: '"entities": { "Field.Site": { "mode": "online" },',
    code: 'scope/association-online',
    document: field('pages/InspectionDetail.json'),
    element: expect.any(String) as unknown as string,
  },
  {
    name: 'a wrong cell of the demo data',
    file: 'data/Field.Inspector.csv',
    from: 'anna,Anna Keller,true',
    to: 'anna,Anna Keller,yes',
    code: 'demo/wrong-cell',
    element: null,
  },
  {
    name: 'a file with the marks of a merge',
    file: field('entities/Region.json'),
    from: '{',
    to: '<<<<<<< ours\n{',
    code: 'project/conflict-markers',
    element: null,
  },
];

describe('check', () => {
  it('finds nothing wrong with the sample', () => {
    const { code, out } = skerry('check', SAMPLE);
    expect(out).toMatch(/^0 errors, 0 warnings/m);
    expect(code).toBe(0);
  });

  it.each(BREAKAGES)('finds $name', ({ file, from, to, code, document, element }) => {
    const folder = mkdtempSync(join(tmpdir(), 'skerry-broken-'));
    folders.push(folder);
    cpSync(SAMPLE, folder, { recursive: true });
    const text = readFileSync(join(folder, file), 'utf8');
    const broken = text.replace(from, to);
    expect(broken).not.toBe(text);
    writeFileSync(join(folder, file), broken);
    const finished = skerry('check', folder, '--json');
    const problems = (JSON.parse(finished.out) as { problems: Diagnostic[] }).problems;
    expect(
      problems
        .filter((problem) => problem.severity === 'error')
        .map((problem) => [problem.code, problem.document, problem.element ?? null]),
    ).toContainEqual([code, document ?? file, element]);
    expect(finished.code).toBe(1);
  });
});
