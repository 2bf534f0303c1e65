import type { Json } from '@skerry/shared/base/json';
import { isObject } from '@skerry/shared/metamodel/canonical';
import { DOCUMENT_KINDS, type DocumentKind } from '@skerry/shared/metamodel/kinds';
import type { Model, ModelDocument } from '@skerry/shared/metamodel/model';
import type { ReasonChain } from '@skerry/shared/scope/plan';
import type { WhyStep } from '@skerry/studio/bridge/calls/analysis-calls';

/**
 * A chain of reasons as people read it, `menu Inspections › page Inspections › list › retrieve`, each step with the place
 * it speaks of. The profile itself is left out.
 */
export function readableChain(chain: ReasonChain, model: Model): WhyStep[] {
  let at: ModelDocument | undefined;
  const steps = chain.map((step): WhyStep => {
    const { kind, name } = parted(step);
    at = documentNamed(model, kind, name) ?? at;
    const element = kind === 'widget' || kind === 'menu' ? elementCalled(at?.source, name) : undefined;
    return {
      text: readableStep(kind, name),
      ...(at ? { document: at.path } : {}),
      ...(element === undefined ? {} : { element }),
    };
  });
  return steps.slice(1);
}

function parted(step: string): { readonly kind: string; readonly name: string } {
  const at = step.indexOf(':');
  return at < 0 ? { kind: step, name: '' } : { kind: step.slice(0, at), name: step.slice(at + 1) };
}

/** `page:Field.Home` → `page Home`; widgets go by their names alone. */
function readableStep(kind: string, name: string): string {
  if (name === '') return inWords(kind);
  const last = name.slice(name.lastIndexOf('.') + 1);
  if (kind === 'widget') return inWords(last.replace(/\d+$/, ''));
  return `${inWords(kind)} ${kind === 'menu' ? name : last}`;
}

function inWords(name: string): string {
  return name.replace(/([a-z])([A-Z])/g, (_, before: string, after: string) => `${before} ${after.toLowerCase()}`);
}

function documentNamed(model: Model, kind: string, name: string): ModelDocument | undefined {
  if (kind === 'navigation') return model.find('navigationProfile', name);
  if (kind === 'specialisation') return model.find('entity', name);
  return Object.hasOwn(DOCUMENT_KINDS, kind) && name !== '' ? model.find(kind as DocumentKind, name) : undefined;
}

/** The id of what has a name or caption, wherever it stands. */
function elementCalled(value: Json | undefined, name: string): string | undefined {
  if (Array.isArray(value)) {
    for (const item of value as readonly Json[]) {
      const found = elementCalled(item, name);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (!isObject(value)) return undefined;
  const captions = isObject(value.caption) ? Object.values(value.caption) : [];
  if (typeof value.id === 'string' && (value.name === name || captions.includes(name))) return value.id;
  return elementCalled(Object.values(value) as readonly Json[], name);
}
