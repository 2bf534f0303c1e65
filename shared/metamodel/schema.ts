import * as z from 'zod/mini';
import type { ElementId } from '../base/ids.ts';

/** The one place that touches the schema library's vocabulary for element files. */
export { z };

/** Format of the project's documents; older ones are migrated in memory, newer ones refused. */
export const PROJECT_FORMAT = 1;

export const elementId = z.custom<ElementId>((value) => typeof value === 'string' && /^[a-z2-7]{16}$/.test(value));
export const name = z.string().check(z.regex(/^[A-Za-z_][A-Za-z0-9_]*$/));
/** `Module.Name` of an element; means something only together with its kind. */
export const qualifiedName = z.string();
/** A text in the expression language. */
export const expressionText = z.string();
/** A text in the constraint language; '' means no constraint. */
export const constraintText = z.string();
/** A member, or a path over associations to one, relative to the entity in whose context it stands. */
export const memberPath = z.string();
/** Words for people, by language tag. */
export const text = z.record(z.string(), z.string());
export type Text = z.infer<typeof text>;

export const documentation = z.optional(z.string());

/** What every element carries. */
export const element = { id: elementId, name, documentation };

/** An optional list that reads as empty when absent. */
export function list<T extends z.core.$ZodType>(item: T) {
  return z._default(z.array(item), []);
}

export function flag(value: boolean) {
  return z._default(z.boolean(), value);
}
