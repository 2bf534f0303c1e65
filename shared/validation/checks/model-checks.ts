import { compareCodePoints } from '../../base/json.ts';
import type { Model } from '../../metamodel/model.ts';
import { check, type Problem, rule } from '../check.ts';

const DEVICE_NAMES = /^(?:con|prn|aux|nul|com[1-9]|lpt[1-9])$/i;

/** Kinds whose names must differ within a module even when upper and lower case are taken as one. */
const TOGETHER: { readonly [kind: string]: string } = { entity: 'domain', enumeration: 'domain' };

export const similarNames = check({
  rule: rule(
    'name/duplicate',
    'error',
    'Two names of a module differ only in upper and lower case.',
    'Rename one of them.',
  ),
  speed: 'slow',
  kinds: [
    'entity',
    'enumeration',
    'page',
    'snippet',
    'layout',
    'microflow',
    'nanoflow',
    'constant',
    'menu',
    'rule',
    'regularExpression',
    'javaScriptAction',
    'image',
  ],
  *find(document, { model }) {
    if (!('id' in document.content)) return;
    const others = namesOf(model).get(keyOf(document)) ?? [];
    const first = others.find((path) => path !== document.path);
    if (first && compareCodePoints(first, document.path) < 0) {
      yield {
        message: `${document.qualifiedName} has the name of what stands in ${first}, upper and lower case aside. Rename one of them.`,
        element: document.content.id,
      };
    }
  },
});

const names = new WeakMap<Model, ReadonlyMap<string, readonly string[]>>();

function namesOf(model: Model): ReadonlyMap<string, readonly string[]> {
  let known = names.get(model);
  if (!known) {
    const found = new Map<string, string[]>();
    for (const document of model.documents.values()) {
      const key = keyOf(document);
      found.set(key, [...(found.get(key) ?? []), document.path]);
    }
    known = new Map([...found].map(([key, paths]) => [key, paths.sort(compareCodePoints)]));
    names.set(model, known);
  }
  return known;
}

function keyOf(document: { readonly kind: string; readonly qualifiedName: string }): string {
  return `${TOGETHER[document.kind] ?? document.kind}:${document.qualifiedName.toLowerCase()}`;
}

export const deviceName = check({
  rule: rule(
    'name/not-a-file-name',
    'error',
    'A document has a name that Windows does not let a file have.',
    'Rename the document.',
  ),
  speed: 'fast',
  kinds: ['entity', 'enumeration', 'page', 'snippet', 'layout', 'microflow', 'nanoflow', 'constant', 'menu', 'module'],
  *find({ content }) {
    if (DEVICE_NAMES.test(content.name))
      yield { message: `Windows knows no file called ${content.name}. Rename it.`, element: content.id };
  },
});

export const enumerationValues = check({
  rule: rule(
    'enumeration/values',
    'error',
    'An enumeration has no values, or two of one name, upper and lower case aside.',
    'Add a value, or rename one.',
  ),
  speed: 'fast',
  kinds: ['enumeration'],
  *find({ content, qualifiedName }): Generator<Problem> {
    if (content.values.length === 0) yield { message: `${qualifiedName} has no values. Add one.`, element: content.id };
    const seen = new Set<string>();
    for (const value of content.values) {
      if (seen.has(value.name.toLowerCase()))
        yield { message: `${qualifiedName} has two values called ${value.name}. Rename one.`, element: value.id };
      seen.add(value.name.toLowerCase());
    }
  },
});
