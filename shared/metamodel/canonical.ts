import type { Diagnostic } from '../base/diagnostic.ts';
import { compareCodePoints, type Json, type JsonObject } from '../base/json.ts';
import { findJsonError, isTooDeep, MAX_DEPTH } from './json-syntax.ts';
import { resolveShape, type Shape, shapeAt, shapeOfContent } from './shape.ts';

/** A document's text as read. `content` is absent when the text is no document: then the file must not be overwritten. */
export interface ParsedDocument {
  readonly content?: JsonObject;
  readonly diagnostics: readonly Diagnostic[];
}

const CONFLICT_MARKER = /^(?:<{7}|\|{7}|={7}|>{7})(?: |\r?$)/m;

/**
 * Reads a document's text; a byte order mark and CRLF are fine. Never throws.
 * Reports `project/conflict-markers`, `project/not-json`, `project/not-an-object`, `project/too-deep` and (as warnings)
 * `project/unknown-key`. Says nothing about the values: that is readModel's part.
 */
export function parseDocument(path: string, text: string): ParsedDocument {
  const body = text.startsWith('\ufeff') ? text.slice(1) : text;
  let content: Json;
  try {
    content = JSON.parse(body);
  } catch {
    return { diagnostics: [whyNotJson(path, body)] };
  }
  if (!isObject(content)) {
    const message = 'A document is a JSON object, { … }. Restore the file from Git or remove it.';
    return { diagnostics: [{ code: 'project/not-an-object', severity: 'error', message, document: path }] };
  }
  if (isTooDeep(content)) {
    const message = `More than ${MAX_DEPTH} levels stand inside each other. Restore the file from Git or take it apart.`;
    return { diagnostics: [{ code: 'project/too-deep', severity: 'error', message, document: path }] };
  }
  const diagnostics: Diagnostic[] = [];
  reportUnknownKeys(path, content, diagnostics);
  return { content, diagnostics };
}

/**
 * The one text of a document: two spaces, known keys in the order of the schema and unknown ones after them in their
 * own, maps sorted by code point, a newline at the end.
 */
export function printDocument(content: JsonObject): string {
  return `${print(content, shapeOfContent(content), '')}\n`;
}

/** The text of JSON that is no document (layout sidecars): every object's keys sorted by code point. */
export function printJson(content: JsonObject): string {
  const sorted: Shape = {
    kind: 'map',
    key: { kind: 'leaf', type: 'string', nullable: false },
    get value() {
      return sorted;
    },
  };
  return `${print(content, sorted, '')}\n`;
}

/** Keys in the order in which they are written. Values that are undefined count as absent. */
export function orderedKeys(value: JsonObject, shape: Shape | undefined): string[] {
  const present = Object.keys(value).filter((key) => value[key] !== undefined);
  const resolved = resolveShape(shape, value);
  if (resolved?.kind === 'map') return present.sort(compareCodePoints);
  if (resolved?.kind !== 'object') return present;
  const known = [...resolved.keys.keys()].filter((key) => Object.hasOwn(value, key) && value[key] !== undefined);
  return known.length === present.length ? known : [...known, ...present.filter((key) => !resolved.keys.has(key))];
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function print(value: Json, shape: Shape | undefined, indent: string): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const inner = `${indent}  `;
  if (isList(value)) {
    if (value.length === 0) return '[]';
    const item = shape?.kind === 'list' ? shape.item : shape?.kind === 'map' ? shape : undefined;
    return `[\n${value.map((entry) => inner + print(entry, item, inner)).join(',\n')}\n${indent}]`;
  }
  const object = value as JsonObject;
  const keys = orderedKeys(object, shape);
  if (keys.length === 0) return '{}';
  const resolved = resolveShape(shape, object);
  const line = (key: string) =>
    `${inner}${JSON.stringify(key)}: ${print(object[key] as Json, shapeAt(resolved, key), inner)}`;
  return `{\n${keys.map(line).join(',\n')}\n${indent}}`;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function whyNotJson(path: string, text: string): Diagnostic {
  const marker = CONFLICT_MARKER.exec(text);
  if (marker) {
    const line = text.slice(0, marker.index).split('\n').length;
    return {
      code: 'project/conflict-markers',
      severity: 'error',
      message: `Git left a merge conflict at line ${line}. Choose a side (git mergetool), then it opens again. Until then Skerry keeps the file as it is.`,
      document: path,
      span: { start: marker.index, end: marker.index + marker[0].length },
    };
  }
  const error = findJsonError(text);
  // Whatever else an engine may refuse has no place of its own.
  const where = error
    ? `line ${error.line}, column ${error.column}: ${error.expected} was expected`
    : 'it cannot be read';
  return {
    code: 'project/not-json',
    severity: 'error',
    message: `This is not JSON: ${where}. Correct the file by hand; until then Skerry keeps it as it is.`,
    document: path,
    ...(error ? { span: { start: error.offset, end: Math.min(error.offset + 1, text.length) } } : {}),
  };
}

function reportUnknownKeys(path: string, content: JsonObject, diagnostics: Diagnostic[]): void {
  const at: (string | number)[] = [];
  const visit = (value: Json | undefined, shape: Shape | undefined, element: string | undefined): void => {
    if (typeof value !== 'object' || value === null || !shape) return;
    if (isList(value)) {
      if (shape.kind !== 'list') return;
      for (let i = 0; i < value.length; i++) {
        at.push(i);
        visit(value[i], shape.item, element);
        at.pop();
      }
      return;
    }
    const object = value as JsonObject;
    const resolved = resolveShape(shape, object);
    if (!resolved || resolved.kind === 'list') return;
    const nearest = typeof object.id === 'string' ? object.id : element;
    for (const key of Object.keys(object)) {
      at.push(key);
      const below = shapeAt(resolved, key);
      if (below) visit(object[key], below, nearest);
      else {
        const message = `"${key}" means nothing here. It is kept; correct its spelling or remove it.`;
        const where = nearest === undefined ? {} : { element: nearest };
        diagnostics.push({
          code: 'project/unknown-key',
          severity: 'warning',
          message,
          document: path,
          ...where,
          path: [...at],
        });
      }
      at.pop();
    }
  };
  visit(content, shapeOfContent(content), undefined);
}
