import type { EvaluationEnvironment } from '../environment.ts';
import type { Type } from '../type.ts';
import type { Value } from '../value.ts';

/** `whole` is Integer or Long, `number` any of the three; `any` is anything that has a text. */
export type ParameterType = 'text' | 'whole' | 'number' | 'boolean' | 'dateTime' | 'enumeration' | 'object' | 'any';

/**
 * A function of the expression language. A call with an error among its arguments gives that error; one with an empty
 * among them gives empty, unless `takesEmpty`. So `call` sees arguments of the parameters' types only.
 */
export interface FunctionEntry {
  readonly name: string;
  /** As editors show it: `substring(text, start, length?)`. */
  readonly signature: string;
  readonly documentation: string;
  readonly parameters: readonly ParameterType[];
  /** How many of the parameters must be given; absent: all. */
  readonly required?: number;
  /** The last parameter may be repeated. */
  readonly variadic?: boolean;
  readonly takesEmpty?: boolean;
  /** Never gives empty, whatever it is given. */
  readonly isFilled?: boolean;
  readonly result: Type | ((parameters: readonly Type[]) => Type);
  /** Total: what cannot be done is an error value. */
  call(values: readonly Value[], environment: EvaluationEnvironment): Value;
}
