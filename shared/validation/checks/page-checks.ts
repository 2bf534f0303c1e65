import { nearestName } from '../../expression/nearest.ts';
import type { DomainView } from '../../metamodel/domain-view.ts';
import { walkDocument } from '../../metamodel/walk.ts';
import { check, rule } from '../check.ts';
import { entityOfContext } from '../context-entity.ts';

export const pageForNobody = check({
  rule: rule(
    'page/no-access',
    'warning',
    'A page is open to no module role, so nobody can open it.',
    'Choose the module roles that may open it.',
  ),
  speed: 'fast',
  kinds: ['page'],
  *find({ content, qualifiedName }) {
    if (content.allowedModuleRoles.length > 0) return;
    yield {
      message: `Nobody may open ${qualifiedName}. Choose the module roles that may.`,
      element: content.id,
      path: ['allowedModuleRoles'],
    };
  },
});

/** Arguments by name: each of the parameters that are required, and no others. */
export const wrongArguments = check({
  rule: rule(
    'page/wrong-arguments',
    'error',
    'A call leaves out a required parameter or names one that is not there.',
    'Give exactly the parameters of what is called.',
  ),
  speed: 'fast',
  kinds: ['page', 'snippet'],
  *find(document, { model }) {
    for (const { action, path, element } of callsIn(document.source, [], undefined)) {
      const [kind, name] = action;
      const parameters = model.find(kind, name)?.content.parameters;
      if (!parameters) continue;
      const given = Object.keys((action[2] ?? {}) as object);
      const missing = parameters.filter((parameter) => parameter.required && !given.includes(parameter.name));
      const unknown = given.filter((one) => !parameters.some((parameter) => parameter.name === one));
      if (missing.length === 0 && unknown.length === 0) continue;
      const parts = [
        ...(missing.length > 0 ? [`it needs ${missing.map((one) => `$${one.name}`).join(', ')}`] : []),
        ...(unknown.length > 0 ? [`it has no parameter ${unknown.map((one) => `$${one}`).join(', ')}`] : []),
      ];
      yield { message: `${name} is called wrongly: ${parts.join(' and ')}.`, path, ...(element ? { element } : {}) };
    }
  },
});

type Call = readonly ['page' | 'nanoflow' | 'microflow' | 'snippet', string, unknown];

const CALLS: { readonly [kind: string]: { readonly to: Call[0]; readonly field: string } } = {
  openPage: { to: 'page', field: 'page' },
  callNanoflow: { to: 'nanoflow', field: 'nanoflow' },
  callMicroflow: { to: 'microflow', field: 'microflow' },
  nanoflow: { to: 'nanoflow', field: 'nanoflow' },
  microflow: { to: 'microflow', field: 'microflow' },
  snippetCall: { to: 'snippet', field: 'snippet' },
};

function* callsIn(
  value: unknown,
  path: readonly (string | number)[],
  element: string | undefined,
): Generator<{ action: Call; path: readonly (string | number)[]; element: string | undefined }> {
  if (value === null || typeof value !== 'object') return;
  const object = value as { readonly [key: string]: unknown };
  const inside = typeof object.id === 'string' ? object.id : element;
  const call =
    typeof object.kind === 'string' && path.length > 0 && Object.hasOwn(CALLS, object.kind)
      ? CALLS[object.kind]
      : undefined;
  const name = call && object[call.field];
  if (call && typeof name === 'string') yield { action: [call.to, name, object.arguments], path, element: inside };
  for (const [key, inner] of Object.entries(object)) {
    // An imported element's raw content is nobody's call.
    if (key !== 'raw') yield* callsIn(inner, [...path, Array.isArray(value) ? Number(key) : key], inside);
  }
}

/** Attributes, columns, sort items: paths from the object that the widget stands on. */
export const unknownPath = check({
  rule: rule(
    'page/unknown-attribute',
    'error',
    'A widget shows a member that its entity does not have.',
    "Choose a member of the entity, or change the widget's source.",
  ),
  speed: 'fast',
  kinds: ['page', 'snippet'],
  *find(document, context) {
    const { view } = context;
    for (const slot of walkDocument(document.path, document.source).slots) {
      if (slot.language !== 'memberPath' || slot.text === '') continue;
      const entity = entityOfContext(slot.context.members, document, context);
      const message = entity && memberPathProblem(slot.text, entity, view);
      if (message) yield { message, path: slot.path, ...(slot.element ? { element: slot.element } : {}) };
    }
  },
});

/** What is wrong with a member path from an object of `start`, in a sentence. */
export function memberPathProblem(text: string, start: string, view: DomainView): string | undefined {
  let entity = start;
  const names = text.split('/');
  for (let index = 0; index < names.length; index++) {
    const name = names[index] ?? '';
    const end = view.step(entity, name);
    if (end) {
      const next = names[index + 1];
      entity = next && view.entity(next) ? next : end.far;
      if (next && view.entity(next)) index++;
      continue;
    }
    if (view.attributes(entity).has(name)) return undefined;
    const nearest = nearestName(name, [
      ...view.attributes(entity).keys(),
      ...view.ends(entity).map((one) => one.qualifiedName),
    ]);
    return `${entity} has no member ${name}.${nearest ? ` Did you mean ${nearest}?` : ' Choose one of its members.'}`;
  }
  return undefined;
}
