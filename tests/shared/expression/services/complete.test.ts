import { completeExpression } from '@skerry/shared/expression/services/complete';
import {
  definitionOf,
  expressionReference,
  hoverExpression,
  signatureInExpression,
} from '@skerry/shared/expression/services/meaning';
import { completeMemberPath, hoverMemberPath } from '@skerry/shared/expression/services/member-path';
import { completeTemplate } from '@skerry/shared/expression/services/template';
import type { Type } from '@skerry/shared/expression/type';
import { domainView } from '@skerry/shared/metamodel/domain-view';
import { readModel } from '@skerry/shared/metamodel/model';
import { describe, expect, test } from 'vitest';
import { sampleDocuments } from '../../../fixtures/sample-project.ts';
import { type CaretCase, caretCases, expectCase } from '../../../support/caret-cases.ts';

const view = domainView(readModel(sampleDocuments()));
const variables = new Map<string, Type>([
  ['Inspection', { kind: 'Object', entity: 'Field.Inspection' }],
  ['Findings', { kind: 'List', entity: 'Field.Finding' }],
  ['Count', { kind: 'Integer' }],
  ['Name', { kind: 'String' }],
  ['Done', { kind: 'Boolean' }],
  ['Due', { kind: 'DateTime' }],
]);
const STATUS: Type = { kind: 'Enumeration', enumeration: 'Field.InspectionStatus' };

const ANYWHERE = caretCases(`
  | :: first $Inspection ; $Findings ; $Count :: has if ; empty ; @Field.HelpUrl ; [%CurrentUser%] ; length(text) :: no and
  $| :: first $Inspection ; $Findings :: has $currentUser :: no if ; length(text)
  $Ins| :: has $Inspection :: no @Field.HelpUrl
  @| :: has @Field.HelpUrl ; @Field.MinutesPerStep :: no $Count ; if
  @Field.|  :: has @Field.HelpUrl :: no $Count
  [%Cur| :: has [%CurrentUser%] ; [%CurrentDateTime%] :: no $Count
  [%| :: has [%BeginOfCurrentDay%] ; [%UserRole_Planner%] :: no [%MonthLength%]
  $Inspection/| :: first Number ; Title ; Status :: has createdDate ; Field.Inspection_Site ; System.owner :: no $Count
  $Inspection/St| :: has Status ; Started
  $Inspection/Field.| :: has Field.Inspection_Site ; Field.Finding_Inspection ; Field.Inspection_Site/Field.Site
  $Inspection/Field.Inspection_Site/| :: first Field.Site :: no Name
  $Inspection/Field.Inspection_Site/Field.Site/| :: first Code ; Name :: has Field.Site_Region ; changedDate :: no Priority
  $Inspection/Field.Inspection_Asset/| :: first Assets.Asset :: has Assets.Pump ; Assets.Transformer
  $Inspection/Field.Inspection_Asset/Assets.Pump/| :: first SerialNumber :: has FlowRate ; Field.Inspection_Asset
  $Inspection/Field.Finding_Inspection/| :: first Field.Finding
  $Inspection/|/Field.Site/Name :: has Field.Inspection_Site :: no Field.Inspection_Site/Field.Site
  $Inspection/System.owner/| :: first System.User
  $currentUser/| :: has FullName ; System.UserRoles :: no Password
  $Unknown/| :: first nothing
  $Count/| :: first nothing
  $Findings/| :: first nothing
  $Inspection/Nothing.There/| :: first nothing
  $Inspection/Status = | :: first Field.InspectionStatus.Draft ; Field.InspectionStatus.Open :: has empty ; $Inspection/Status
  $Inspection/Status != Fi| :: first Field.InspectionStatus.Draft
  $Inspection/Status = Field.InspectionStatus.| :: first Field.InspectionStatus.Draft :: no $Count
  Field.| :: has Field.InspectionStatus ; Field.Severity :: no Assets.PumpKind ; $Count
  Field.Severity.| :: has Field.Severity.Low :: no Field.InspectionStatus.Open
  $Inspection/Status = Field.InspectionStatus.Open | :: has and ; or :: no $Count
  $Inspection/Status != empty a| :: first and ; or
  $Done and | :: first $Done :: has not(condition)
  ($Done) and | :: first $Done
  not(| :: first $Done
  $Due > | :: first $Due ; $Inspection/Planned :: has [%CurrentDateTime%]
  $Due + | :: first $Count :: has [%DayLength%]
  $Count + | :: first $Count ; $Inspection/Number
  $Count | :: first = ; != :: has + ; div ; mod
  $Name | :: has + ; = :: no div ; mod
  $Name + | :: first $Inspection ; $Findings
  $Done | :: first and ; or :: has = :: no <
  -| :: first $Count
  if | :: first $Done :: has $currentUser/Active
  if $Done | :: first then :: has and
  if $Done then | :: has $Count ; if :: no else
  if $Done then 1 | :: first else
  if $Done then 1 e| :: first else
  if $Done then 1 else | :: has $Count :: no then ; else
  if ($Count = | :: first $Count
  if (if $Done then true else false) | :: first then
  length(| :: first $Name ; $Inspection/Title
  substring($Name, | :: first $Count
  addDays(| :: first $Due
  contains($Name, | :: first $Name
  max($Count, | :: first $Count
  noSuchFunction(| :: has $Count
  'some | text' :: first nothing
  'unclosed | :: first nothing
  12| :: first nothing
  $Inspec|tion/Status :: has $Inspection :: no Status
  $Done and | and $Count = 1 :: first $Done
  $Inspection/Status = | and $Done :: first Field.InspectionStatus.Draft
  ) | :: has = ; and
  # | :: has $Count
`);
const WITH_TYPE: { readonly [type: string]: readonly [Type, readonly CaretCase[]] } = {
  Boolean: [{ kind: 'Boolean' }, caretCases('| :: first $Done :: has true ; contains(text, part)')],
  'an enumeration': [STATUS, caretCases('| :: first Field.InspectionStatus.Draft :: has $Inspection/Status')],
  String: [{ kind: 'String' }, caretCases('| :: first $Name ; $Inspection/Title\nif $Done then | :: first $Name')],
  'an object': [
    { kind: 'Object', entity: 'Field.Inspection' },
    caretCases('| :: first $Inspection :: has empty\nif $Done then $Inspection else | :: first $Inspection'),
  ],
};

describe('completion in expressions', () => {
  test.each(ANYWHERE)('$line', (one) => {
    expectCase(one, completeExpression(one.text, one.offset, { view, variables }));
  });
  for (const [name, [expects, cases]] of Object.entries(WITH_TYPE)) {
    test.each(cases)(`where ${name} is wanted: $line`, (one) => {
      expectCase(one, completeExpression(one.text, one.offset, { view, variables, expects }));
    });
  }

  test('replaces the whole word, and nothing where a new one begins', () => {
    const spanAt = (text: string, offset: number) => completeExpression(text, offset, { view, variables }).span;
    expect(spanAt('$Inspection/Status', 14)).toEqual({ start: 12, end: 18 });
    expect(spanAt('$Inspection/', 12)).toEqual({ start: 12, end: 12 });
    expect(spanAt('1 + $Co', 7)).toEqual({ start: 4, end: 7 });
  });
});

describe('meaning in expressions', () => {
  const hover = (text: string, offset: number) => hoverExpression(text, offset, { view, variables })?.markdown;
  const text =
    "if $Inspection/Field.Inspection_Site/Field.Site/Name = 'x' then length($Name) else @Field.MinutesPerStep";

  test('hovering says type, documentation and where a thing is declared', () => {
    expect(hover(text, 5)).toBe('`$Inspection: Field.Inspection`');
    expect(hover(text, 20)).toContain('Field.Inspection_Site: Field.Inspection → one Field.Site');
    expect(hover(text, 42)).toContain('entity Field.Site');
    expect(hover(text, 50)).toMatch(/^`Name: String`[\s\S]*Declared in Field\.Site\./);
    expect(hover(text, text.indexOf('length') + 1)).toBe('`length(text)`\n\nNumber of code points; 0 for empty.');
    expect(hover(text, text.indexOf('@') + 3)).toContain('@Field.MinutesPerStep: Integer');
    expect(hover('Field.InspectionStatus.Open', 25)).toContain('Declared in Field.InspectionStatus.');
    expect(hover('[%BeginOfCurrentDay%]', 4)).toContain("The first moment of the current day, in the user's zone.");
    expect(hover('1 + 2', 0)).toBeUndefined();
  });

  test('a definition is a document and the element in it', () => {
    const at = (offset: number) => {
      const reference = expressionReference(text, offset, { view, variables });
      return reference && definitionOf(reference, view, (name) => ({ document: 'here.json', element: name }));
    };
    expect(at(5)).toMatchObject({ document: 'here.json', element: 'Inspection', span: { start: 3, end: 14 } });
    expect(at(50)).toMatchObject({
      document: 'modules/Field/entities/Site.json',
      element: view.attributes('Field.Site').get('Name')?.id,
    });
    expect(at(20)).toMatchObject({
      document: 'modules/Field/entities/Inspection.json',
      element: view.association('Field.Inspection_Site')?.id,
    });
    expect(at(text.indexOf('@') + 2)?.document).toBe('modules/Field/constants/MinutesPerStep.json');
    expect(at(text.indexOf('length') + 2)).toBeNull();
  });

  test('a signature knows the argument that the caret is in', () => {
    const of = (marked: string) => signatureInExpression(marked.replace('|', ''), marked.indexOf('|'));
    expect(of('substring($Name, |')).toMatchObject({ label: 'substring(text, start, length?)', active: 1 });
    expect(of('substring(length(|), 2')?.label).toBe('length(text)');
    expect(of('substring(length($Name), |')?.active).toBe(1);
    expect(of("substring('a, (b', 1, |")?.active).toBe(2);
    expect(of('substring($Name, 1)|')).toBeNull();
    expect(of('(|')).toBeNull();
  });
});

describe('member paths and templates', () => {
  const cases = caretCases(`
    | :: first Number ; Title :: has Field.Inspection_Site
    Ti| :: has Title
    Field.Inspection_Site/| :: first Field.Site
    Field.Inspection_Site/Field.Site/| :: has Name ; Field.Site_Region
    Field.Inspec|/Field.Site/Name :: has Field.Inspection_Site :: no Field.Inspection_Site/Field.Site
    Nothing/| :: first nothing
  `);
  test.each(cases)('member path $line', (one) => {
    expectCase(one, completeMemberPath(one.text, one.offset, 'Field.Inspection', view));
  });

  test('hovering over a member path says what each name is', () => {
    const path = 'Field.Inspection_Site/Field.Site/Name';
    expect(hoverMemberPath(path, 3, 'Field.Inspection', view)?.markdown).toContain('Field.Inspection_Site');
    expect(hoverMemberPath(path, path.length, 'Field.Inspection', view)?.markdown).toContain('Name: String');
  });

  test('a template offers its parameters once a brace is open', () => {
    expect(completeTemplate('Hello {', 7, 2).items.map((item) => item.label)).toEqual(['{1}', '{2}']);
    expect(completeTemplate('Hello {1}', 8, 2).span).toEqual({ start: 6, end: 9 });
    expect(completeTemplate('Hello ', 6, 2).items).toEqual([]);
  });
});
