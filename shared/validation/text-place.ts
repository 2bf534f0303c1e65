import type { Diagnostic } from '../base/diagnostic.ts';
import type { Json, JsonObject } from '../base/json.ts';
import { resolveConstraint } from '../constraint/resolve.ts';
import type { Type } from '../expression/type.ts';
import { checkFlowSlot } from '../flow/check-texts.ts';
import { type Expected, type FlowSlot, flowSlots } from '../flow/slots.ts';
import { scopeTypes } from '../flow/variables.ts';
import { type DomainView, domainView } from '../metamodel/domain-view.ts';
import type { Flow } from '../metamodel/flow.ts';
import { type Model, type ModelDocument, readModel } from '../metamodel/model.ts';
import type { SlotLanguage } from '../metamodel/role.ts';
import { type DocumentPath, type TextSlot, walkDocument } from '../metamodel/walk.ts';
import { memberPathProblem } from './checks/page-checks.ts';
import { checkExpressionText, expectedOf, variablesOfSlot } from './checks/text-checks.ts';
import { entityOfContext } from './context-entity.ts';

/** The surroundings of a text: all that its language's services need. */
export interface TextPlace {
  readonly language: SlotLanguage;
  readonly view: DomainView;
  /** Whose members may be written short: of constraints and member paths. */
  readonly entity?: string;
  readonly variables: ReadonlyMap<string, Type>;
  readonly expects?: Type;
  /** Element of the document that made a variable. */
  readonly madeBy: (variable: string) => string | undefined;
  /** Of templates: how many parameters there are. */
  readonly parameters: number;
  /** What the checks would say of a text that stood here; empty for blank texts, whose absence is the document's matter. */
  readonly check: (text: string) => readonly Diagnostic[];
}

const places = new WeakMap<Model, Map<string, TextPlace | null>>();

/** What stands around a text, whether or not one is there yet; undefined where the document takes none. */
export function textPlace(model: Model, document: ModelDocument, path: DocumentPath): TextPlace | undefined {
  let known = places.get(model);
  if (!known) {
    known = new Map();
    places.set(model, known);
  }
  const key = JSON.stringify([document.path, path]);
  let place = known.get(key);
  if (place === undefined) {
    place = findPlace(model, document, path) ?? null;
    known.set(key, place);
  }
  return place ?? undefined;
}

/** Stands for a text where there is none: what is around it does not depend on what it says. */
const FILLER = 'empty';

function findPlace(model: Model, document: ModelDocument, path: DocumentPath): TextPlace | undefined {
  const source = withText(document.source, path);
  const { slots, elements } = walkDocument(document.path, source);
  const slot = slots.find((one) => samePath(one.path, path));
  if (!slot) return undefined;
  const view = domainView(model);
  if (document.kind !== 'microflow' && document.kind !== 'nanoflow') return placeOf(slot, document, view);
  // Read alone: the flow as it would be with a text here.
  const read = readModel(new Map([[document.path, source]])).documents.get(document.path) ?? document;
  const flow = read.content as Flow;
  const node = elements.find((one) => one.id === slot.element);
  const rest = slot.path.slice(node?.path.length ?? 0);
  const found = flowSlots(flow, view).find((one) => one.node === slot.element && samePath(one.path, rest));
  return found ? placeInFlow(found, view) : placeOf(slot, document, view);
}

function placeOf(slot: TextSlot, document: ModelDocument, view: DomainView): TextPlace {
  const context = { model: view.model, view };
  const entity = entityOfContext(slot.context.members, document, context);
  const variables = variablesOfSlot(slot, document, context);
  const parameters = 'parameters' in document.content ? document.content.parameters : [];
  const base = {
    language: slot.language,
    view,
    ...(entity ? { entity } : {}),
    variables,
    ...expectedOf(slot),
    madeBy: (name: string) => parameters.find((parameter) => parameter.name === name)?.id,
    parameters: slot.language === 'template' ? parametersBeside(document.source, slot.path) : 0,
  };
  return { ...base, check: (text) => (text.trim() === '' ? [] : checkIn(base, text)) };
}

function checkIn(place: Omit<TextPlace, 'check'>, text: string): readonly Diagnostic[] {
  const { language, view, entity, variables, expects } = place;
  switch (language) {
    case 'expression':
      return checkExpressionText(text, { view, variables, ...(expects ? { expects } : {}) });
    case 'constraint':
      return entity && view.entity(entity) ? resolveConstraint(text, { view, entity, variables }).diagnostics : [];
    case 'memberPath': {
      const message = entity && memberPathProblem(text, entity, view);
      const span = { start: 0, end: text.length };
      return message ? [{ code: 'page/unknown-attribute', severity: 'error', message, span }] : [];
    }
    case 'template':
      return [];
  }
}

function placeInFlow(slot: FlowSlot, view: DomainView): TextPlace {
  const expects = typeOf(slot.expected);
  return {
    language: slot.language,
    view,
    ...(slot.entity ? { entity: slot.entity } : {}),
    variables: scopeTypes(slot.scope),
    ...(expects ? { expects } : {}),
    madeBy: (name) => slot.scope.get(name)?.from,
    parameters: 0,
    check: (text) => (text.trim() === '' ? [] : checkFlowSlot(slot, text, view).diagnostics),
  };
}

function typeOf(expected: Expected): Type | undefined {
  switch (expected.kind) {
    case 'Any':
    case 'Printable':
    case 'Decision':
    case 'Nothing':
      return undefined;
    case 'Number':
      return { kind: 'Integer' };
    default:
      return expected;
  }
}

/** A template's parameters stand beside its texts. */
function parametersBeside(source: JsonObject, path: DocumentPath): number {
  let at: Json | undefined = source;
  for (const key of path.slice(0, -2)) at = (at as { readonly [key: string]: Json } | undefined)?.[key];
  const parameters = (at as JsonObject | undefined)?.parameters;
  return Array.isArray(parameters) ? parameters.length : 0;
}

function samePath(a: DocumentPath, b: DocumentPath): boolean {
  return a.length === b.length && a.every((key, at) => String(key) === String(b[at]));
}

/** The document with some text at a path; unchanged where there is one, or where the path leads nowhere. */
function withText(source: JsonObject, path: DocumentPath): JsonObject {
  const put = (value: Json | undefined, depth: number): Json | undefined => {
    const key = path[depth];
    if (key === undefined) return typeof value === 'string' && value.trim() !== '' ? value : FILLER;
    if (Array.isArray(value)) {
      return value.map((item: Json, at) => (at === Number(key) ? (put(item, depth + 1) as Json) : item));
    }
    if (typeof value !== 'object' || value === null) return value;
    return { ...value, [key]: put((value as JsonObject)[key], depth + 1) as Json };
  };
  return path.length === 0 ? source : (put(source, 0) as JsonObject);
}
