import type { ElementId } from '../base/ids.ts';
import type { Session, ZoneTransitions } from './session.ts';
import type { ObjectValue, Value } from './value.ts';

/** An enumeration as evaluation needs it. Captions by language tag. */
export interface EnumerationInfo {
  readonly values: readonly {
    readonly id: ElementId;
    readonly name: string;
    readonly caption: { readonly [language: string]: string };
  }[];
}

/** What is known of an object beside its members. */
export type ObjectStatus = 'isNew' | 'isSynced' | 'isSyncing' | 'hasConflict';

/**
 * All that an expression, or a constraint's variables, may ask while they are evaluated. Everything answers at once:
 * the host loads beforehand what `checkExpression` lists under `dependencies`.
 */
export interface EvaluationEnvironment {
  readonly session: Session;
  /** Without `$`; undefined when there is no such variable. `currentUser`, `currentObject`, `latestError` are variables too. */
  variable(name: string): Value | undefined;
  /** @param member name of an attribute, inherited ones included */
  read(object: ObjectValue, member: string): Value;
  /** One step. @param association qualified name. An object or null where the step reaches at most one, else a list. */
  follow(object: ObjectValue, association: string): Value;
  /** @param name qualified, without `@` */
  constant(name: string): Value;
  /** @param name qualified */
  enumeration(name: string): EnumerationInfo | undefined;
  /** Whether `entity` is `ancestor` or a specialisation of it. */
  isA(entity: string, ancestor: string): boolean;
  /** @param object null asks about the app: whether anything is being synchronised */
  status(object: ObjectValue | null, status: ObjectStatus): boolean;
  /** Id of a user role by name, for `[%UserRole_Name%]`. */
  userRole(name: string): ElementId | undefined;
  /** At least 0, below 1. */
  random(): number;
  /** Offsets of a zone other than the session's; undefined when the host does not know the zone. */
  zone?(name: string): ZoneTransitions | undefined;
}
