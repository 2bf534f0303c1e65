import type { ElementId } from '../base/ids.ts';
import type { ObjectValue, Value } from '../expression/value.ts';
import type { SortItem } from '../metamodel/data-source.ts';
import type { Text } from '../metamodel/schema.ts';
import type { ChangedMember, Reference } from './program.ts';

/** Values by variable or parameter name, without `$`. */
export type Values = { readonly [name: string]: Value };

/** `member` is an attribute's name or an association's qualified name. */
export interface MemberRead {
  readonly object: ObjectValue;
  readonly member: string;
  readonly kind: 'attribute' | 'association';
}

/** A member's new value. For an association's add and remove the value is the object (or list) to add or remove. */
export interface ValueChange {
  readonly member: ChangedMember;
  readonly operation: 'set' | 'add' | 'remove';
  readonly value: Value;
}

/** What went wrong, as flows see it: `$latestError` is `message`. `code` is `area/problem-in-kebab`. */
export interface FlowError {
  readonly code: string;
  readonly message: string;
  /** The node that failed. */
  readonly node?: ElementId;
  /** Flow of that node, `Module.Name`. */
  readonly flow?: string;
}

type Nothing =
  | { readonly kind: 'setSavepoint' | 'releaseSavepoint' | 'rollBackToSavepoint'; readonly savepoint: string }
  | { readonly kind: 'closePage' | 'showHomePage' | 'cancelSynchronization' | 'signOut' };

/**
 * All that a flow asks of the world, one at a time; each is answered by one `answer` or `failure` event. What an
 * answer's value must be stands at each kind; where nothing stands it is null.
 */
export type Effect = Nothing | DataEffect | CallEffect | DeviceEffect;
export type EffectKind = Effect['kind'];
export type EffectOf<K extends EffectKind> = Extract<Effect, { kind: K }>;

export type DataEffect =
  /**
   * Members that an expression reads and the environment had not at hand. After the answer the environment must give
   * each of them (`Value`, not undefined); the stepper then evaluates again.
   */
  | { readonly kind: 'load'; readonly reads: readonly MemberRead[] }
  /** Answered by a list; by an object or null when `range` is first. Sees what the flow has changed so far. */
  | {
      readonly kind: 'retrieve';
      readonly entity: Reference;
      /** Text in the constraint language; `variables` are those it names. */
      readonly constraint: string;
      readonly variables: Values;
      readonly sort: readonly SortItem[];
      readonly range:
        | { readonly kind: 'all' | 'first' }
        | { readonly kind: 'custom'; readonly offset: number; readonly limit: number };
    }
  /** Answered by a list, or by an object or null when `single`. */
  | {
      readonly kind: 'follow';
      readonly object: ObjectValue;
      readonly association: Reference;
      readonly direction: 'forward' | 'reverse';
      readonly single: boolean;
      readonly entity: Reference;
    }
  /** Answered by the new object, defaults filled in and `changes` made, in their order. */
  | {
      readonly kind: 'create';
      readonly entity: Reference;
      readonly changes: readonly ValueChange[];
      readonly commit: boolean;
    }
  | {
      readonly kind: 'change';
      readonly object: ObjectValue;
      readonly changes: readonly ValueChange[];
      readonly commit: boolean;
    }
  | { readonly kind: 'commit'; readonly objects: readonly ObjectValue[]; readonly withEvents: boolean }
  | { readonly kind: 'delete'; readonly objects: readonly ObjectValue[] }
  /** Forgets what was changed and not committed; a new object goes. */
  | { readonly kind: 'rollback'; readonly objects: readonly ObjectValue[] };

export type CallEffect =
  /** Answered by the flow's or action's result. A called flow is part of the caller's transaction. */
  | {
      readonly kind: 'callNanoflow' | 'callMicroflow' | 'callAction';
      readonly target: Reference;
      readonly arguments: Values;
    }
  /** Answered by the response's body as text. A status of 400 or more is a failure. */
  | {
      readonly kind: 'callRest';
      readonly method: string;
      readonly url: string;
      readonly headers: { readonly [name: string]: string };
      readonly body: string | null;
    };

export type DeviceEffect =
  | { readonly kind: 'showPage'; readonly page: Reference; readonly arguments: Values }
  /** Answered at once, or when the user has closed it if `blocking`. */
  | {
      readonly kind: 'showMessage';
      readonly level: 'information' | 'warning' | 'error';
      readonly text: Text;
      readonly parameters: readonly string[];
      readonly blocking: boolean;
    }
  | {
      readonly kind: 'validationFeedback';
      readonly object: ObjectValue;
      readonly member: ChangedMember;
      readonly text: Text;
      readonly parameters: readonly string[];
    }
  | { readonly kind: 'openUrl'; readonly url: string }
  | { readonly kind: 'log'; readonly level: 'debug' | 'info' | 'warning' | 'error'; readonly message: string }
  | {
      readonly kind: 'synchronize';
      readonly scope: 'all' | 'unsynchronized' | 'selected';
      readonly objects: readonly ObjectValue[];
    }
  | { readonly kind: 'synchronizeToDevice'; readonly objects: readonly ObjectValue[] }
  | { readonly kind: 'clearFromDevice'; readonly entity?: Reference; readonly objects?: readonly ObjectValue[] };

export type FlowEvent =
  | { readonly kind: 'begin' }
  | { readonly kind: 'answer'; readonly value: Value }
  | { readonly kind: 'failure'; readonly error: FlowError };
