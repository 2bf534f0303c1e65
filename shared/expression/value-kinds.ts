import type { Span } from '../base/diagnostic.ts';
import type { ErrorValue, ListValue, ObjectValue, Value } from './value.ts';

/** `dateTime`, `object` and so on; JavaScript's own name for what has no kind. */
export function kindOf(value: Value): string {
  return typeof value === 'object' && value !== null && 'kind' in value ? value.kind : typeof value;
}

export function isError(value: Value): value is ErrorValue {
  return kindOf(value) === 'error';
}

export function isObject(value: Value): value is ObjectValue {
  return kindOf(value) === 'object' && value !== null && typeof value === 'object' && 'kind' in value;
}

export function isList(value: Value): value is ListValue {
  return kindOf(value) === 'list';
}

/** The error with a place, if it has none from further inside. */
export function located(error: ErrorValue, span: Span): ErrorValue {
  return error.span ? error : { ...error, span };
}

export function place(value: Value, span: Span): Value {
  return isError(value) ? located(value, span) : value;
}
