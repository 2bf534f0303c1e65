import type { EvaluationEnvironment, ObjectStatus } from '../expression/environment.ts';
import { evaluateExpression } from '../expression/evaluate.ts';
import { type ParsedExpression, parseExpression } from '../expression/parse.ts';
import type { ErrorValue, ListValue, ObjectValue, Value } from '../expression/value.ts';
import type { FlowError, MemberRead, Values } from './effect.ts';
import type { FlowProgram } from './program.ts';

/**
 * What a flow's expressions may ask of the data, at once. `read`, `follow` and `status` answer undefined for what the
 * host does not hold at the moment: the stepper then asks with a `load` effect and evaluates again. `variable` gives
 * what is there in every flow: currentUser, currentDeviceType, currentSession.
 */
export interface FlowEnvironment extends Omit<EvaluationEnvironment, 'read' | 'follow' | 'status'> {
  read(object: ObjectValue, member: string): Value | undefined;
  follow(object: ObjectValue, association: string): Value | undefined;
  status(object: ObjectValue | null, status: ObjectStatus): boolean | undefined;
}

/** Why an operation cannot be done now. Thrown inside the stepper only, so that activities read as plain code. */
export class Interruption extends Error {
  readonly outcome: InterruptedOutcome;

  constructor(outcome: InterruptedOutcome) {
    super(outcome.kind);
    this.outcome = outcome;
  }
}

export type InterruptedOutcome =
  | { readonly kind: 'load'; readonly reads: readonly MemberRead[] }
  | { readonly kind: 'error'; readonly error: FlowError };

export function refuse(code: string, message: string): never {
  throw new Interruption({ kind: 'error', error: { code, message } });
}

// Parsing is a pure function of the text; a program's texts are parsed once for as long as the program is held.
const parsed = new WeakMap<FlowProgram, Map<string, ParsedExpression>>();

/** Evaluates the texts of one program in one environment. */
export class Evaluator {
  readonly environment: FlowEnvironment;
  readonly #parsed: Map<string, ParsedExpression>;

  constructor(program: FlowProgram, environment: FlowEnvironment) {
    this.environment = environment;
    this.#parsed = parsed.get(program) ?? new Map<string, ParsedExpression>();
    parsed.set(program, this.#parsed);
  }

  /** @throws Interruption for an error value, and for data that are not at hand */
  evaluate(text: string, variables: Values): Value {
    const value = evaluateExpression(this.#parse(text).tree, this.#environment(variables));
    if (isError(value)) refuse(value.code, value.message);
    return value;
  }

  /** One value per item; what is not at hand for any of them is asked for in one go. */
  evaluateEach(text: string, items: readonly ObjectValue[], variables: Values): readonly Value[] {
    const reads: MemberRead[] = [];
    const values = items.map((currentObject): Value => {
      try {
        return this.evaluate(text, { ...variables, currentObject });
      } catch (thrown) {
        if (!(thrown instanceof Interruption) || thrown.outcome.kind !== 'load') throw thrown;
        reads.push(...thrown.outcome.reads);
        return null;
      }
    });
    if (reads.length > 0) throw new Interruption({ kind: 'load', reads });
    return values;
  }

  /** A condition: empty is false. */
  isTrue(text: string, variables: Values): boolean {
    return this.evaluate(text, variables) === true;
  }

  /** A whole number, for ranges. */
  count(text: string, variables: Values): number {
    const value = this.evaluate(text, variables);
    const number = typeof value === 'bigint' ? Number(value) : value;
    if (typeof number !== 'number' || number < 0)
      return refuse('flow/invalid-range', 'An offset or limit must be a whole number, 0 or more.');
    return number;
  }

  object(name: string, variables: Values): ObjectValue {
    const value = variables[name];
    if (isObject(value)) return value;
    return refuse('flow/empty-object', `$${name} is empty; an object is needed here.`);
  }

  /** An object, or the objects of a list; none for an empty variable. */
  objects(name: string, variables: Values): readonly ObjectValue[] {
    const value = variables[name];
    if (isObject(value)) return [value];
    return isList(value) ? value.items : [];
  }

  /** A value as people read it: '' for empty, an enumeration's caption, else as `toString` writes it. */
  print(text: string, variables: Values): string {
    const value = this.evaluate(text, variables);
    if (value === null) return '';
    if (typeof value === 'string') return value;
    const printer = isTagged(value, 'enumeration') ? 'getCaption($printed)' : 'toString($printed)';
    const printed = this.evaluate(printer, { printed: value });
    return typeof printed === 'string' ? printed : '';
  }

  #parse(text: string): ParsedExpression {
    const found = this.#parsed.get(text) ?? parseExpression(text);
    this.#parsed.set(text, found);
    return found;
  }

  #environment(variables: Values): EvaluationEnvironment {
    const { environment } = this;
    return {
      session: environment.session,
      variable: (name) => (Object.hasOwn(variables, name) ? variables[name] : environment.variable(name)),
      read: (object, member) => present(environment.read(object, member), { object, member, kind: 'attribute' }),
      follow: (object, association) =>
        present(environment.follow(object, association), { object, member: association, kind: 'association' }),
      constant: (name) => environment.constant(name),
      enumeration: (name) => environment.enumeration(name),
      isA: (entity, ancestor) => environment.isA(entity, ancestor),
      status: (object, status) =>
        object === null
          ? environment.status(object, status) === true
          : present(environment.status(object, status), { object, member: status, kind: 'attribute' }),
      userRole: (name) => environment.userRole(name),
      random: () => environment.random(),
      ...(environment.zone ? { zone: environment.zone.bind(environment) } : {}),
    };
  }
}

function present<T>(value: T | undefined, read: MemberRead): T {
  if (value === undefined) throw new Interruption({ kind: 'load', reads: [read] });
  return value;
}

export function isObject(value: Value | undefined): value is ObjectValue {
  return isTagged(value, 'object');
}

export function isList(value: Value | undefined): value is ListValue {
  return isTagged(value, 'list');
}

export function isError(value: Value | undefined): value is ErrorValue {
  return isTagged(value, 'error');
}

function isTagged(value: Value | undefined, kind: string): boolean {
  return value !== null && typeof value === 'object' && 'kind' in value && value.kind === kind;
}
