import type { Span } from '../base/diagnostic.ts';
import type { Target, TargetKind } from './target.ts';

/** A name in a text that stands for a target. `span` covers the target's simple name alone, so that renaming replaces it. */
export interface Mention extends Target {
  readonly span: Span;
}

/**
 * The mentions in a qualified name that begins at `start`: of the element itself, of the enumeration it belongs to,
 * and of the module.
 */
export function mentionsOfQualified(kind: TargetKind, name: string, start: number): Mention[] {
  const dot = name.lastIndexOf('.');
  const own = { kind, name, span: { start: start + dot + 1, end: start + name.length } };
  if (dot < 0) return [own];
  const owner = name.slice(0, dot);
  if (kind === 'enumerationValue') return [own, ...mentionsOfQualified('enumeration', owner, start)];
  return [own, { kind: 'module', name: owner, span: { start, end: start + dot } }];
}
