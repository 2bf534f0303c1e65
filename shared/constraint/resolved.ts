import type { ElementId, ObjectId } from '../base/ids.ts';
import type { ComparisonOperator, TokenTerm } from './ast.ts';

/**
 * A constraint by element id, checked and typed: plain, serialisable, without the model. Predicates, SQL and the scope
 * analyzer work on this form alone.
 */
export interface ResolvedConstraint {
  /** The context's entity. */
  readonly entity: ElementId;
  /** That entity and its specialisations, whose objects a query over it gives. */
  readonly entities: readonly ElementId[];
  readonly condition: ResolvedCondition;
}

/** One step over an association. A step whose entity is not named compares the link itself; see CX13. */
export interface ResolvedStep {
  readonly association: ElementId;
  readonly direction: 'forward' | 'reverse';
  /** Entity reached, narrowed by the entity step. */
  readonly entity: ElementId;
  /** That entity and its specialisations: the objects that count. */
  readonly entities: readonly ElementId[];
  /** Whether the entity is named: then an object must be there, not only a link. */
  readonly named: boolean;
  /** Whether the step reaches at most one object. */
  readonly single: boolean;
  readonly filters: readonly ResolvedCondition[];
}

/** How two values are compared. Numbers of different kinds compare as the wider one. */
export type ComparisonType = 'text' | 'integer' | 'long' | 'decimal' | 'boolean' | 'dateTime' | 'enumeration';

export type DatePart =
  | 'year'
  | 'quarter'
  | 'month'
  | 'week'
  | 'day'
  | 'dayOfYear'
  | 'weekday'
  | 'hours'
  | 'minutes'
  | 'seconds';

/** A value, or what gives one. Only those with steps can give several. */
export type ResolvedValue =
  | {
      readonly kind: 'member';
      readonly steps: readonly ResolvedStep[];
      readonly entity: ElementId;
      readonly member: ElementId;
      readonly type: ComparisonType;
    }
  /** A variable, or an attribute reached from it. */
  | {
      readonly kind: 'variable';
      readonly name: string;
      readonly steps: readonly VariableStep[];
      readonly member?: VariableMember;
      readonly type: ComparisonType;
    }
  /** Constants of the text; `value` in the form of a cell. */
  | { readonly kind: 'literal'; readonly value: string | number | boolean; readonly type: ComparisonType }
  /** `wallClock`: compared with a DateTime that is not localised, for which local time is taken as UTC. */
  | {
      readonly kind: 'moment';
      readonly token: string;
      readonly terms: readonly TokenTerm[];
      readonly wallClock: boolean;
      readonly type: 'dateTime';
    }
  | { readonly kind: 'constant'; readonly name: string; readonly type: ComparisonType }
  | { readonly kind: 'length'; readonly value: ResolvedValue; readonly type: 'integer' }
  /** `zone`: 'UTC' for UTC and for what is not localised, an IANA name, or null for the session's. */
  | {
      readonly kind: 'datePart';
      readonly part: DatePart;
      readonly value: ResolvedValue;
      readonly zone: string | null;
      readonly type: 'integer';
    };

/** A step from a variable's object, followed by name through the evaluation environment. */
export interface VariableStep {
  readonly id: ElementId;
  /** Qualified name of the association. */
  readonly association: string;
  /** Qualified name; only such objects are kept. */
  readonly entity: string;
}

export interface VariableMember {
  readonly id: ElementId;
  readonly name: string;
}

/** Objects that are compared by identity. */
export type ResolvedObjects =
  /** The context object itself, or what is reached from it. */
  | { readonly kind: 'objects'; readonly steps: readonly ResolvedStep[] }
  | { readonly kind: 'variable'; readonly name: string; readonly steps: readonly VariableStep[] }
  | { readonly kind: 'user' }
  | { readonly kind: 'object'; readonly id: ObjectId };

export type ResolvedCondition =
  | { readonly kind: 'and' | 'or'; readonly operands: readonly ResolvedCondition[] }
  | { readonly kind: 'not'; readonly operand: ResolvedCondition }
  | { readonly kind: 'always'; readonly value: boolean }
  | {
      readonly kind: 'compare';
      readonly operator: ComparisonOperator;
      readonly type: ComparisonType;
      readonly left: ResolvedValue;
      readonly right: ResolvedValue;
      /** For enumerations: the values' ids in order. */
      readonly order?: readonly ElementId[];
    }
  | { readonly kind: 'isEmpty'; readonly value: ResolvedValue; readonly negated: boolean }
  | {
      readonly kind: 'match';
      readonly how: 'contains' | 'startsWith' | 'endsWith';
      readonly value: ResolvedValue;
      readonly search: ResolvedValue;
    }
  /** A Boolean that stands alone. */
  | { readonly kind: 'truth'; readonly value: ResolvedValue }
  /** Some object is reached. */
  | { readonly kind: 'exists'; readonly objects: ResolvedObjects }
  /** Some pair is the same object, or with `negated` some pair is not. */
  | {
      readonly kind: 'same';
      readonly left: ResolvedObjects;
      readonly right: ResolvedObjects;
      readonly negated: boolean;
    };
