import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Diagnostic } from '@skerry/shared/base/diagnostic';
import { parseConstraint } from '@skerry/shared/constraint/parse';
import { completeConstraint } from '@skerry/shared/constraint/services/complete';
import { parseExpression } from '@skerry/shared/expression/parse';
import { completeExpression } from '@skerry/shared/expression/services/complete';
import type { Completion } from '@skerry/shared/expression/services/item';
import type { Type } from '@skerry/shared/expression/type';
import { domainView } from '@skerry/shared/metamodel/domain-view';
import { readModel } from '@skerry/shared/metamodel/model';
import { type TextSlot, walkDocument } from '@skerry/shared/metamodel/walk';
import { runChecks } from '@skerry/shared/validation/run';
import { type TextPlace, textPlace } from '@skerry/shared/validation/text-place';
import { describe, expect, test } from 'vitest';
import { servicesOf } from '../../../studio/host/language/services.ts';
import { sampleDocuments } from '../../fixtures/sample-project.ts';

const documents = sampleDocuments();
const model = readModel(documents);
const view = domainView(model);

interface Placed {
  readonly document: string;
  readonly slot: TextSlot;
  readonly place: TextPlace;
}

const placed: readonly Placed[] = [...model.documents.values()]
  .filter((document) => documents.has(document.path))
  .flatMap((document) =>
    walkDocument(document.path, document.source).slots.map((slot) => {
      const place = textPlace(model, document, slot.path) ?? expect.fail(`${document.path} ${slot.path.join('/')}`);
      return { document: document.path, slot, place };
    }),
  );

/** Where the parser first finds something wrong; behind the end when it does not. */
function reach(diagnostics: readonly Diagnostic[], text: string): number {
  return Math.min(text.length + 1, ...diagnostics.map(({ span }) => span?.start ?? 0));
}

function expectFurther(
  text: string,
  offset: number,
  { items }: Completion,
  parse: (text: string) => readonly Diagnostic[],
) {
  const before = text.slice(0, offset);
  const far = reach(parse(before), before);
  for (const { insert } of items) {
    const after = before + insert;
    expect(reach(parse(after), after), `${before}|${insert}`).toBeGreaterThanOrEqual(far);
  }
}

const parseExpressionText = (text: string) => parseExpression(text).diagnostics;
const parseConstraintText = (text: string) => parseConstraint(text).diagnostics;

describe('places of texts', () => {
  test('every text of the sample has one, in its language', () => {
    expect(placed.length).toBeGreaterThan(300);
    for (const { slot, place } of placed) expect(place.language).toBe(slot.language);
  });

  test('what a place says of its text is what the checks say', () => {
    const broken = new Map(documents);
    for (const [path, content] of documents) {
      if (!['page', 'nanoflow', 'microflow', 'entity'].includes(String(content.kind))) continue;
      broken.set(
        path,
        JSON.parse(JSON.stringify(content).replaceAll('/Status', '/Statuss').replaceAll('$Inspection', '$Inspektion')),
      );
    }
    const other = readModel(broken);
    const texts = /^(expression|constraint)\/|^flow\/type-mismatch|^page\/unknown-attribute/;
    const wanted = runChecks(other).filter((one) => texts.test(one.code));
    const found = [...other.documents.values()].flatMap((document) =>
      walkDocument(document.path, document.source).slots.flatMap((slot) =>
        (textPlace(other, document, slot.path)?.check(slot.text) ?? []).map(
          (one) => `${document.path} ${one.code} ${one.message}`,
        ),
      ),
    );
    expect(wanted.length).toBeGreaterThan(50);
    expect(found.sort()).toEqual(wanted.map((one) => `${one.document} ${one.code} ${one.message}`).sort());
  });

  test('a text that is not there yet has its place too', () => {
    const page = [...model.all('page').values()].find(({ source }) => JSON.stringify(source).includes('"button"'));
    const at = page && walkDocument(page.path, page.source).elements.find((one) => one.kind === 'widget');
    const place = page && at && textPlace(model, page, [...at.path, 'visible']);
    expect(place).toMatchObject({ language: 'expression', expects: { kind: 'Boolean' } });
    expect(place?.check('1')[0]?.code).toBe('expression/type-mismatch');
    expect(page && textPlace(model, page, ['name'])).toBeUndefined();
  });

  test('at every caret of every text of the sample each service answers', () => {
    const seen = new Set<string>();
    let carets = 0;
    for (const { slot, place, document } of placed) {
      const key = JSON.stringify([slot.text, place.language, place.entity, [...place.variables], place.expects]);
      if (seen.has(key)) continue;
      seen.add(key);
      const services = servicesOf(place);
      for (let offset = 0; offset <= slot.text.length; offset++) {
        const completion = services.complete(slot.text, offset);
        expect(completion.span.start).toBeLessThanOrEqual(offset);
        expect(completion.span.end).toBeGreaterThanOrEqual(offset);
        services.hover(slot.text, offset);
        services.definition(slot.text, offset, document);
        services.signature(slot.text, offset);
        carets++;
      }
    }
    expect(carets).toBeGreaterThan(3000);
  });

  test('what is accepted where a value is missing reads at least as far', () => {
    const seen = new Set<string>();
    for (const { slot, place } of placed) {
      if (place.language !== 'expression' && place.language !== 'constraint') continue;
      const parse = place.language === 'expression' ? parseExpressionText : parseConstraintText;
      const services = servicesOf(place);
      for (const { index } of slot.text.matchAll(/(?<=[\s(,/[=])/g)) {
        const key = `${place.language} ${place.entity} ${slot.text.slice(0, index)}`;
        if (seen.has(key) || insideText(slot.text, index)) continue;
        seen.add(key);
        expectFurther(slot.text, index, services.complete(slot.text.slice(0, index), index), parse);
      }
    }
    expect(seen.size).toBeGreaterThan(200);
  });
});

function insideText(text: string, offset: number): boolean {
  return text.slice(0, offset).split("'").length % 2 === 0;
}

const REAL = join(import.meta.dirname, '../../../../shared/data/language');

describe.runIf(existsSync(REAL))('texts of real projects', () => {
  const variables = new Map<string, Type>([['Inspection', { kind: 'Object', entity: 'Field.Inspection' }]]);
  const read = (name: string): string[] =>
    readFileSync(join(REAL, name), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line).text);

  test('completion answers at every caret of expressions', () => {
    for (const text of read('expression.jsonl')) {
      for (let offset = 0; offset <= text.length; offset += text.length > 200 ? 7 : 1)
        completeExpression(text, offset, { view, variables });
    }
  });

  test('completion answers at every caret of constraints', () => {
    for (const text of read('constraint.jsonl')) {
      for (let offset = 0; offset <= text.length; offset++)
        completeConstraint(text, offset, { view, variables, entity: 'Field.Inspection' });
    }
  });
});

if (!existsSync(REAL)) console.warn(`The texts of real projects are not at ${REAL}: they are not tried here.`);
