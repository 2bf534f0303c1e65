import * as z from 'zod/mini';
import type { ElementId } from '../base/ids.ts';
import { markRole, type NameKind, type ReferenceKind } from './role.ts';

/** The one place that touches the schema library's vocabulary for element files. */
export { z };

/** Format of the project's documents; older ones are migrated in memory, newer ones refused. */
export const PROJECT_FORMAT = 1;

const ELEMENT_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/*
 * Every string of every document is declared with one of the words below, which say what it is to the rest of the
 * house (role.ts). A bare z.string() fails the test that walks the schemas.
 */

/** Under the key `id` the element's identity; under any other key another element of the same document. */
export const elementId = markRole(
  z.custom<ElementId>((value) => typeof value === 'string' && /^[a-z2-7]{16}$/.test(value)),
  { kind: 'id' },
);
/** The element's own name. */
export const name = markRole(z.string().check(z.regex(ELEMENT_NAME)), { kind: 'name' });
/** Text that no other element has a say in. */
export const plain = markRole(z.string(), { kind: 'plain' });
/** `Module.Name` of an element, which means something only together with its kind. */
export function reference(to: ReferenceKind) {
  return markRole(z.string(), { kind: 'reference', to });
}
/** The name of an element whose surroundings say which module or entity or flow it belongs to. */
export function nameOf(to: NameKind) {
  return markRole(z.string().check(z.regex(ELEMENT_NAME)), { kind: 'nameOf', to });
}
/** An attribute or owned association of the entity that the surroundings say, inherited ones included; `Module.Name` for a foreign one. */
export const memberName = markRole(z.string(), { kind: 'nameOf', to: 'member' });
/** A value of a member as text; of an enumeration the value's name. */
export const memberValue = markRole(z.string(), { kind: 'nameOf', to: 'memberValue' });
/** Reads a flow's variable or a page's parameter. */
export const variable = markRole(z.string(), { kind: 'variable', declares: false });
/** Names what an activity produces. */
export const newVariable = markRole(z.string(), { kind: 'variable', declares: true });
/** Which way a sequence flow goes: see `sequenceFlow`. */
export const flowCase = markRole(z.string(), { kind: 'nameOf', to: 'case' });
/** A text in the expression language. */
export const expressionText = markRole(z.string(), { kind: 'slot', language: 'expression' });
/** A text in the constraint language; '' means no constraint. */
export const constraintText = markRole(z.string(), { kind: 'slot', language: 'constraint' });
/** A member, or a path over associations to one, relative to the entity in whose context it stands. */
export const memberPath = markRole(z.string(), { kind: 'slot', language: 'memberPath' });
/** Words for people, by language tag. */
export const text = z.record(plain, plain);
export type Text = z.infer<typeof text>;
/** Words in which {1}, {2}… stand for the parameters beside them, by language tag. */
export const templateText = z.record(plain, markRole(z.string(), { kind: 'slot', language: 'template' }));

export const documentation = z.optional(plain);

/** What every element carries. */
export const element = { id: elementId, name, documentation };

/** What an opaque part touches, so that usages and the analyzer count it. */
export const opaqueUse = z.object({ element: reference('any'), how: plain });

/** An optional list that reads as empty when absent. */
export function list<T extends z.core.$ZodType>(item: T) {
  return z._default(z.array(item), []);
}

export function flag(value: boolean) {
  return z._default(z.boolean(), value);
}
