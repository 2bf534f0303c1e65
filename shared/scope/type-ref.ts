import type { DataType } from '../metamodel/data-type.ts';
import type { DomainView } from '../metamodel/domain-view.ts';

/**
 * The entity of a variable or context, as far as its own document tells: what depends on other documents stays a
 * question, so that a document's facts are a function of that document alone and hold until it changes.
 */
export type TypeRef =
  | { readonly kind: 'entity'; readonly entity: string }
  | { readonly kind: 'far'; readonly association: string; readonly from: TypeRef }
  | { readonly kind: 'result'; readonly of: 'nanoflow' | 'microflow' | 'javaScriptAction'; readonly name: string }
  /** The signed-in user, whose own members travel with the session. */
  | { readonly kind: 'user' }
  | { readonly kind: 'unknown' };

export const UNKNOWN: TypeRef = { kind: 'unknown' };
export const USER: TypeRef = { kind: 'user' };

export function entityRef(entity: string): TypeRef {
  return { kind: 'entity', entity };
}

export function typeRefOf(type: DataType | undefined): TypeRef {
  return type?.kind === 'Object' || type?.kind === 'List' ? entityRef(type.entity) : UNKNOWN;
}

/** The entity's qualified name, or undefined when nothing in the model tells. */
export function resolveType(ref: TypeRef, view: DomainView): string | undefined {
  switch (ref.kind) {
    case 'entity':
      return ref.entity;
    case 'far': {
      const from = resolveType(ref.from, view);
      if (from) return view.step(from, ref.association)?.far;
      // Without a start the direction is open: the target is where almost every step goes.
      return view.association(ref.association)?.to;
    }
    case 'result': {
      const content = view.model.find(ref.of, ref.name)?.content;
      const type = content?.returnType;
      return type?.kind === 'Object' || type?.kind === 'List' ? type.entity : undefined;
    }
    case 'user':
    case 'unknown':
      return undefined;
  }
}
