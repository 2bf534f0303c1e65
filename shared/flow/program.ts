import type { ElementId } from '../base/ids.ts';
import type { SortItem } from '../metamodel/data-source.ts';
import type { DataType } from '../metamodel/data-type.ts';
import type { Text } from '../metamodel/schema.ts';

/**
 * A flow compiled: plain, serialisable, standing alone. Each node is one operation, so that a place in the program is
 * a node of the model; operations name their followers by place. Expressions and constraints stay text (parsed once
 * per program when it is first stepped): they are smaller so and travel through languages' versions.
 */
export interface FlowProgram {
  readonly id: ElementId;
  /** `Module.Name` */
  readonly name: string;
  readonly kind: 'nanoflow' | 'microflow';
  readonly parameters: readonly { readonly name: string; readonly type: DataType; readonly required: boolean }[];
  readonly returnType: DataType;
  /** Whether entity access is checked for what the flow reads and writes; nanoflows always. */
  readonly applyEntityAccess: boolean;
  /** Module roles, `Module.Role`, whose users may start it from a page; calls from other flows ask nobody. */
  readonly allowedModuleRoles: readonly string[];
  /** Place of the start. */
  readonly entry: number;
  readonly operations: readonly Operation[];
  /** Whether some activity rolls back to the flow's beginning, which then needs a savepoint (FL12). */
  readonly savepoint: boolean;
}

/** A model element by its identity, and by the name that people and texts use. */
export interface Reference {
  readonly id: ElementId;
  readonly name: string;
}

/** `name` is an attribute's name or an association's qualified name; `reverse` where the far side owns it too. */
export type ChangedMember = Reference &
  (
    | { readonly kind: 'attribute' }
    | { readonly kind: 'association'; readonly direction: 'forward' | 'reverse'; readonly single: boolean }
  );

/** A member set to the value of an expression; sets of objects also take add and remove. */
export interface MemberChange {
  readonly member: ChangedMember;
  readonly operation: 'set' | 'add' | 'remove';
  readonly value: string;
}

export type ErrorHandling = 'abort' | 'customWithRollback' | 'customWithoutRollback' | 'continue';

interface Common {
  /** The node it was made from. */
  readonly node: ElementId;
}

/** What every activity has: where it goes on, and what happens when it fails. Places count from 0. */
export interface ActivityCommon extends Common {
  readonly next: number;
  readonly onError: ErrorHandling;
  /** Where a custom handler begins. */
  readonly handler?: number;
}

/** `on` is 'true', 'false', 'empty' or the name of an enumeration's value. */
export interface Case {
  readonly on: string;
  readonly next: number;
}

export type Arguments = { readonly [parameter: string]: string };

export type ControlOperation = Common &
  (
    | { readonly kind: 'pass'; readonly next: number }
    | { readonly kind: 'end'; readonly value?: string }
    | { readonly kind: 'errorEnd' }
    | { readonly kind: 'decide'; readonly condition: string; readonly cases: readonly Case[] }
    /** The case of the most special of the entities that the object is an instance of. */
    | {
        readonly kind: 'decideType';
        readonly variable: string;
        readonly cases: readonly { readonly entity: string; readonly next: number }[];
        readonly empty?: number;
        readonly otherwise?: number;
      }
    /** `body` is the first operation inside; `again` and `break` come back here. */
    | {
        readonly kind: 'loop';
        readonly over:
          | { readonly kind: 'list'; readonly list: string; readonly item: string }
          | { readonly kind: 'while'; readonly condition: string };
        readonly body: number;
        readonly next: number;
      }
    | { readonly kind: 'again'; readonly loop: number }
    | { readonly kind: 'break'; readonly loop: number }
  );

export type ListOperation =
  | { readonly kind: 'union' | 'intersect' | 'subtract' | 'contains' | 'equals'; readonly other: string }
  | { readonly kind: 'sort'; readonly sort: readonly SortItem[] }
  | { readonly kind: 'filter' | 'find'; readonly condition: string }
  | { readonly kind: 'head' | 'tail' }
  | { readonly kind: 'range'; readonly offset?: string; readonly limit?: string };

export type Activity = ActivityCommon &
  (
    | {
        readonly kind: 'createObject';
        readonly entity: Reference;
        readonly changes: readonly MemberChange[];
        readonly commit: boolean;
        readonly output: string;
      }
    | {
        readonly kind: 'changeObject';
        readonly variable: string;
        readonly changes: readonly MemberChange[];
        readonly commit: boolean;
      }
    | { readonly kind: 'commit'; readonly variable: string; readonly withEvents: boolean }
    | { readonly kind: 'delete'; readonly variable: string }
    | { readonly kind: 'rollback'; readonly variable: string }
    | { readonly kind: 'cast'; readonly variable: string; readonly entity: Reference; readonly output: string }
    | {
        readonly kind: 'retrieve';
        readonly entity: Reference;
        readonly constraint: string;
        /** Variables that the constraint names. */
        readonly variables: readonly string[];
        readonly sort: readonly SortItem[];
        readonly range:
          | { readonly kind: 'all' }
          | { readonly kind: 'first' }
          | { readonly kind: 'custom'; readonly offset: string; readonly limit: string };
        readonly output: string;
      }
    | {
        readonly kind: 'follow';
        readonly variable: string;
        readonly association: Reference;
        readonly direction: 'forward' | 'reverse';
        readonly single: boolean;
        /** Entity of what is reached. */
        readonly entity: Reference;
        readonly output: string;
      }
    | { readonly kind: 'createList'; readonly entity: Reference; readonly output: string }
    | {
        readonly kind: 'changeList';
        readonly variable: string;
        readonly operation: 'add' | 'remove' | 'replace' | 'clear';
        readonly value?: string;
      }
    | {
        readonly kind: 'listOperation';
        readonly variable: string;
        readonly operation: ListOperation;
        readonly output: string;
      }
    | {
        readonly kind: 'aggregateList';
        readonly variable: string;
        readonly function: 'sum' | 'average' | 'count' | 'min' | 'max' | 'reduce';
        readonly expression?: string;
        readonly initial?: string;
        readonly type: DataType;
        readonly output: string;
      }
    /** createVariable without a value makes it empty. */
    | { readonly kind: 'setVariable'; readonly value?: string; readonly output: string; readonly type: DataType }
    | {
        readonly kind: 'callNanoflow' | 'callMicroflow' | 'callAction';
        readonly target: Reference;
        readonly arguments: Arguments;
        readonly output?: string;
      }
    /** What an import could not map: fails when it is reached. */
    | { readonly kind: 'opaque'; readonly type: string }
    | {
        readonly kind: 'callRest';
        readonly method: string;
        readonly url: string;
        readonly headers: Arguments;
        readonly body?: string;
        readonly output?: string;
      }
    | { readonly kind: 'showPage'; readonly page: Reference; readonly arguments: Arguments }
    | { readonly kind: 'closePage' | 'showHomePage' | 'cancelSynchronization' | 'signOut' }
    | {
        readonly kind: 'showMessage';
        readonly level: 'information' | 'warning' | 'error';
        readonly text: Text;
        readonly parameters: readonly string[];
        readonly blocking: boolean;
      }
    | {
        readonly kind: 'validationFeedback';
        readonly variable: string;
        readonly member: ChangedMember;
        readonly text: Text;
        readonly parameters: readonly string[];
      }
    | { readonly kind: 'openUrl'; readonly url: string }
    | { readonly kind: 'logMessage'; readonly level: 'debug' | 'info' | 'warning' | 'error'; readonly message: string }
    | {
        readonly kind: 'synchronize';
        readonly scope: 'all' | 'unsynchronized' | 'selected';
        readonly variables: readonly string[];
      }
    | { readonly kind: 'synchronizeToDevice'; readonly variable: string }
    | { readonly kind: 'clearFromDevice'; readonly entity?: Reference; readonly variable?: string }
  );

export type Operation = ControlOperation | Activity;
export type ActivityKind = Activity['kind'];
