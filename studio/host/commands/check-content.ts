import type { JsonObject } from '@skerry/shared/base/json';
import { readModel } from '@skerry/shared/metamodel/model';
import type { Shape } from '@skerry/shared/metamodel/shape';
import { refuse } from './command.ts';
import { shapeAtPath, valueAt } from './place.ts';

/** Refuses contents that could not be read again: `command/invalid-value`, naming the key and what it takes. */
export function checkContent(document: string, content: JsonObject): void {
  // Reading is cached by the content's identity, so that the model that follows finds it done.
  const [first] = readModel(new Map([[document, content]])).diagnostics;
  if (!first) return;
  const told = first.path ?? [];
  // What is wrong with an alternative is told of its kind, which is declared by the alternatives themselves.
  const path = told.at(-1) === 'kind' && !shapeAtPath(content, told) ? told.slice(0, -1) : told;
  const expected = shapeAtPath(content, path);
  const key = path.join('/') || 'the document';
  const found = valueAt(content, path);
  const said = found === undefined ? 'nothing' : shorten(JSON.stringify(found));
  const message = expected
    ? `${key} takes ${describe(expected)}; ${said} is none.`
    : `${key} cannot be ${said}: ${first.message}`;
  refuse('command/invalid-value', message, { document, path });
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function describe(shape: Shape): string {
  switch (shape.kind) {
    case 'object':
      return 'an object';
    case 'map':
      return 'an object with names as keys';
    case 'list':
      return 'a list';
    case 'union':
      return `an object whose kind is one of ${[...shape.options.keys()].join(', ')}`;
    case 'leaf':
      return `${leaf(shape)}${shape.nullable ? ' or null' : ''}`;
  }
}

function leaf(shape: Extract<Shape, { kind: 'leaf' }>): string {
  if (shape.type === 'choice') {
    const values = (shape.values ?? []).map((value) => `"${value}"`);
    return values.length === 1 ? (values[0] as string) : `one of ${values.join(', ')}`;
  }
  if (shape.type === 'integer') return 'a whole number';
  if (shape.type === 'number') return 'a number';
  if (shape.type === 'boolean') return 'true or false';
  if (shape.type === 'unknown') return 'any value';
  if (shape.role?.kind === 'id') return 'an id';
  const isName = shape.role?.kind === 'name' || shape.role?.kind === 'nameOf';
  return isName ? 'a name of letters, digits and _ that does not begin with a digit' : 'text';
}
