import type { Diagnostic } from '@skerry/shared/base/diagnostic';
import type { Json } from '@skerry/shared/base/json';
import type { DocumentPath } from '@skerry/shared/metamodel/walk';
import { useMemo } from 'react';
import { useProblemsOf } from '../model/problems-store.ts';
import { useDocument } from '../model/project-store.ts';

/** A path with ids of list items replaced by their places; undefined when it leads nowhere. */
export function indexedPath(content: Json | undefined, path: DocumentPath): DocumentPath | undefined {
  let at = content;
  const found: (string | number)[] = [];
  for (const step of path) {
    let key = step;
    if (Array.isArray(at) && typeof step === 'string') {
      key = at.findIndex((item: Json) => typeof item === 'object' && item !== null && 'id' in item && item.id === step);
      if (key < 0) return undefined;
    }
    found.push(key);
    at = typeof at === 'object' && at !== null ? (at as { readonly [key: string]: Json })[key] : undefined;
  }
  return found;
}

export function startsWith(path: DocumentPath, start: DocumentPath): boolean {
  return start.length <= path.length && start.every((step, i) => step === path[i]);
}

/** Problems of a document whose paths are made of keys and places, each path once. */
export function useIndexedProblems(document: string): readonly Diagnostic[] {
  const problems = useProblemsOf(document);
  const content = useDocument(document);
  return useMemo(
    () =>
      problems.map((problem) => {
        const path = problem.path && indexedPath(content, problem.path);
        return path ? { ...problem, path } : problem;
      }),
    [problems, content],
  );
}

/** Problems of one text, by its place. */
export function useSlotProblems(document: string, path: DocumentPath): readonly Diagnostic[] {
  const problems = useIndexedProblems(document);
  const key = path.join('/');
  return useMemo(() => problems.filter((problem) => problem.path?.join('/') === key), [problems, key]);
}
