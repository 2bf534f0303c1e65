import type { Json, JsonObject } from '@skerry/shared/base/json';
import { equalJson } from '@skerry/shared/base/json';
import { isSystemPath } from '@skerry/shared/metamodel/system-module';
import type { DocumentPath } from '@skerry/shared/metamodel/walk';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef } from 'react';
import { useDocument, useProject } from '../model/project-store.ts';
import { useRun } from '../model/use-run.ts';
import type { Site } from './candidates.ts';
import { changeAt, type SetChange } from './changes.ts';
import { filledContent, valueAt } from './locate.ts';

/** Longest wait between a keystroke and its step. */
const WRITE_AFTER_MS = 120;

/** What the fields of one form share. */
export interface Form {
  readonly document: string;
  readonly content: JsonObject;
  /** With defaults filled in. */
  readonly filled: JsonObject;
  readonly isReadOnly: boolean;
  /** Full width: lists become grids. */
  readonly isWide: boolean;
  /** Roots of the selected elements; fields are those of the first, and what is written goes to all. */
  readonly roots: readonly DocumentPath[];
  /** Sets or removes; steps with the same `merge` word become one. `isTyping` waits for the next keystroke. */
  readonly write: (path: DocumentPath, value: Json | undefined, how?: WriteOptions) => void;
  /** Writes what still waits. */
  readonly flush: () => void;
}

export interface WriteOptions {
  readonly merge?: string;
  readonly isTyping?: boolean;
}

const FormContext = createContext<Form | undefined>(undefined);

export function useForm(): Form {
  const form = useContext(FormContext);
  if (!form) throw new Error('There is no form around this field.');
  return form;
}

export interface FormProviderProps {
  readonly document: string;
  readonly roots?: readonly DocumentPath[];
  readonly isWide?: boolean;
  readonly children: ReactNode;
}

const ROOT: readonly DocumentPath[] = [[]];

/** Gives the fields below it their document. Renders nothing when that is gone. */
export function FormProvider({ document, roots = ROOT, isWide = false, children }: FormProviderProps) {
  const content = useDocument(document) ?? EMPTY;
  const read = useProject(({ model }) => model.documents.get(document));
  const isUnparsed = useProject(({ unparsed }) => unparsed.includes(document));
  const { write, flush } = useWriter(document, content, roots);
  const form = useMemo<Form>(
    () => ({
      document,
      content,
      filled: filledContent(read, content),
      isReadOnly: isUnparsed || isSystemPath(document),
      isWide,
      roots,
      write,
      flush,
    }),
    [document, content, read, isUnparsed, isWide, roots, write, flush],
  );
  if (content === EMPTY) return null;
  return <FormContext.Provider value={form}>{children}</FormContext.Provider>;
}

const EMPTY: JsonObject = {};

interface Waiting {
  readonly path: DocumentPath;
  readonly value: Json | undefined;
  readonly merge: string | undefined;
}

function useWriter(document: string, content: JsonObject, roots: readonly DocumentPath[]) {
  const run = useRun();
  const now = useRef({ document, content, roots, run });
  now.current = { document, content, roots, run };
  const writer = useMemo(() => {
    const waiting = new Map<string, Waiting>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const send = ({ path, value, merge }: Waiting) => {
      const changes = changesFor(now.current, path, value);
      if (changes.length > 0) void now.current.run('element.set', { changes, ...(merge ? { merge } : {}) });
    };
    const flush = () => {
      clearTimeout(timer);
      for (const one of waiting.values()) send(one);
      waiting.clear();
    };
    const write = (path: DocumentPath, value: Json | undefined, { merge, isTyping }: WriteOptions = {}) => {
      clearTimeout(timer);
      const key = path.join('/');
      const one = { path, value, merge };
      if (isTyping) {
        waiting.set(key, one);
        timer = setTimeout(flush, WRITE_AFTER_MS);
      } else {
        waiting.delete(key);
        flush();
        send(one);
      }
    };
    return { write, flush };
  }, []);
  useEffect(() => writer.flush, [writer]);
  return writer;
}

/** The same change in every selected element. A value that stands already is left alone. */
function changesFor(
  { document, content, roots }: Pick<Form, 'document' | 'content' | 'roots'>,
  path: DocumentPath,
  value: Json | undefined,
): SetChange[] {
  const depth = roots[0]?.length ?? 0;
  return roots.flatMap((root) => {
    const full = [...root, ...path.slice(depth)];
    if (equalJson(valueAt(content, full), value)) return [];
    return changeAt(document, content, full, value) ?? [];
  });
}

/** What stands at a path. */
export interface FieldState {
  /** As the file has it; undefined: absent. */
  readonly stored: Json | undefined;
  /** With the default where the file has nothing. */
  readonly value: Json | undefined;
  /** The selected elements differ. */
  readonly isMixed: boolean;
}

/** One array for equal paths, so that what depends on a path is computed once. */
export function useStablePath(path: DocumentPath): DocumentPath {
  const known = useRef(path);
  if (known.current !== path && known.current.join('/') !== path.join('/')) known.current = path;
  return known.current;
}

export function useField(given: DocumentPath): FieldState {
  const path = useStablePath(given);
  const { content, filled, roots } = useForm();
  return useMemo(() => {
    const stored = valueAt(content, path);
    const value = valueAt(filled, path) ?? stored;
    const depth = roots[0]?.length ?? 0;
    const isMixed = roots.some((root) => !equalJson(valueAt(filled, [...root, ...path.slice(depth)]), value));
    return { stored, value, isMixed };
  }, [content, filled, roots, path]);
}

/** What pickers need to know about a place; undefined while the document cannot be read. */
export function useSite(given: DocumentPath): Site | undefined {
  const path = useStablePath(given);
  const { document } = useForm();
  const model = useProject((project) => project.model);
  const view = useProject((project) => project.view);
  return useMemo(() => {
    const read = model.documents.get(document);
    return read && { model, view, document: read, path };
  }, [model, view, document, path]);
}
