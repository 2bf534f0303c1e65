import { completeConstraint, signatureInConstraint } from '@skerry/shared/constraint/services/complete';
import { constraintReference, hoverConstraint } from '@skerry/shared/constraint/services/meaning';
import type { Type } from '@skerry/shared/expression/type';
import { domainView } from '@skerry/shared/metamodel/domain-view';
import { readModel } from '@skerry/shared/metamodel/model';
import { describe, expect, test } from 'vitest';
import { sampleDocuments } from '../../../fixtures/sample-project.ts';
import { caretCases, expectCase } from '../../../support/caret-cases.ts';
import { anApp } from '../../../support/model-builder.ts';

const view = domainView(readModel(sampleDocuments()));
const variables = new Map<string, Type>([
  ['Site', { kind: 'Object', entity: 'Field.Site' }],
  ['Search', { kind: 'String' }],
]);
const context = { view, variables, entity: 'Field.Inspection' };

const CASES = caretCases(`
  [| :: first Number ; Title ; Status :: has Field.Inspection_Site ; System.owner ; contains(text, part) ; not(…) ; id
  [|] :: first Number ; Title
  [St|] :: has Status
  [Status| = 'Open'] :: has Status
  [Field.| :: has Field.Inspection_Site ; Field.Finding_Inspection :: no Title
  [Field.Inspection_Site/| :: first Field.Site :: no Name
  [Field.Inspection_Asset/|] :: first Assets.Asset :: has Assets.Pump
  [Field.Inspection_Site/Field.Site/|] :: first Code ; Name :: has Field.Site_Region
  [Field.Inspection_Site/Field.Site[|]] :: first Code ; Name :: has Field.Site_Region :: no Priority
  [Field.Inspection_Site/Field.Site[Name = 'x' and |]/Code] :: first Code
  [Field.Inspection_Site/Field.Site[Field.Site_Region/|]] :: first Field.Region
  [Field.Finding_Inspection/|] :: first Field.Finding
  [Field.Finding_Inspection/Field.Finding/Field.Finding_Asset/|] :: first Assets.Asset
  [Nothing.There/| :: first nothing
  [Status = |] :: first 'Draft' ; 'Open' :: has Field.InspectionStatus.Open ; empty
  [Status = '|'] :: first 'Draft' ; 'Open' :: no Title
  [Status = 'Op|'] :: first 'Draft' ; 'Open'
  [Status = 'Op| :: first 'Draft' ; 'Open'
  [Status != Field.InspectionStatus.|] :: first Field.InspectionStatus.Draft :: no Title
  [Status = 'Open' | :: has and ; or ; ]
  [Status = 'Open' and |] :: first Number ; Title
  [Status = 'Open' or (| :: first Number ; Title
  [Title |] :: first =
  [not(|)] :: first Number ; Title
  [contains(| :: first $Search :: has Title
  [contains(Title, | :: first $Search ; Title :: no '[%CurrentUser%]'
  [contains(Title, '|')] :: first nothing
  [year-from-dateTime(| :: has Planned ; '[%CurrentDateTime%]'
  [string-length(Title) > | :: has Number
  [Planned > | :: has '[%BeginOfCurrentDay%]' ; Started
  [Planned > '[%|'] :: first '[%CurrentDateTime%]' :: no Title
  [Planned > '[%Begin| :: has '[%BeginOfCurrentDay%]'
  [Field.Inspection_Inspector = |] :: first '[%CurrentUser%]' ; $currentUser
  [Field.Inspection_Site = |] :: first $Site
  [Field.Inspection_Site = $|] :: first $Site :: no Title
  [Field.Inspection_Site/Field.Site/Name = $Site/|] :: first Code ; Name
  [Title = $Site/Field.Site_Region/|] :: first Field.Region
  [id = |] :: has '[%CurrentUser%]' ; empty
  [Number > 1|] :: first nothing
  [true()]| :: first [
  [Status = 'Open'][|] :: first Number ; Title
  [@|] :: has @Field.MinutesPerStep :: no Title
  [$Nothing/|] :: first nothing
`);

describe('completion in constraints', () => {
  test.each(CASES)('$line', (one) => {
    expectCase(one, completeConstraint(one.text, one.offset, context));
  });

  test('the first thing of all opens its bracket', () => {
    const { items } = completeConstraint('', 0, context);
    expect(items[0]).toMatchObject({ label: 'Number', insert: '[Number' });
  });

  test('an association from an entity to itself may be followed backwards', () => {
    const own = anApp().withEntity('M.Part', {
      attributes: { Name: 'String' },
      associations: { Part_Whole: 'M.Part' },
    });
    const within = { view: domainView(readModel(own.build())), entity: 'M.Part' };
    const labels = completeConstraint('[', 1, within).items.map((item) => item.label);
    expect(labels).toEqual(expect.arrayContaining(['M.Part_Whole', 'M.Part_Whole[reversed()]']));
  });

  test('hover, definition and signature go by the checker’s own names', () => {
    const text = "[Field.Inspection_Site/Field.Site/Name = 'x' and starts-with(Title, 'a')]";
    expect(hoverConstraint(text, 36, context)?.markdown).toContain('Name: String');
    expect(hoverConstraint(text, text.indexOf('starts') + 2, context)?.markdown).toContain('starts-with(text, part)');
    expect(hoverConstraint("[Planned > '[%Tomorrow%]']", 15, context)).toBeNull();
    expect(hoverConstraint("[Planned > '[%BeginOfTomorrow%]']", 15, context)?.markdown).toContain('of tomorrow');
    expect(constraintReference(text, 5, context)).toMatchObject({ kind: 'association', name: 'Field.Inspection_Site' });
    expect(constraintReference("[Status = 'Open']", 12, context)?.kind).toBe('enumerationValue');
    expect(signatureInConstraint('[starts-with(Title, ', 20)).toMatchObject({ active: 1 });
  });
});
