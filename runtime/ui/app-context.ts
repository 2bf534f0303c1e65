import type { ObjectId } from '@skerry/shared/base/ids';
import { must } from '@skerry/shared/base/invariant';
import type { BundleContent } from '@skerry/shared/bundle/content';
import type { Session } from '@skerry/shared/expression/session';
import type { Text } from '@skerry/shared/metamodel/schema';
import { createContext, useContext, useMemo, useSyncExternalStore } from 'react';
import type { Device, DeviceStatus, PlainValue } from '../engine/device-face.ts';
import type { EvaluationSurroundings, Variables } from './data/evaluation.ts';
import { type FormatSurroundings, textIn } from './data/format.ts';
import { NotLoaded, type ObjectCache } from './data/object-cache.ts';
import type { Say } from './shell/words.ts';

/** Where pages go, and what the shell says on their behalf. */
export interface ShellPort {
  openPage(page: string, args: { readonly [parameter: string]: PlainValue }): void;
  openHome(): void;
  closePage(): void;
  openSync(): void;
  toast(level: 'information' | 'warning' | 'error', text: string): void;
  /** Resolves when the message has been read. */
  tell(level: 'information' | 'warning' | 'error', text: string): Promise<void>;
  confirm(question: ConfirmQuestion): Promise<boolean>;
  signOut(): Promise<void>;
}

export interface ConfirmQuestion {
  readonly title: string;
  readonly note?: string;
  readonly confirm: string;
  readonly danger?: boolean;
}

/** What all screens share while one bundle and one session run. */
export interface AppContextValue extends EvaluationSurroundings, FormatSurroundings {
  readonly device: Device;
  readonly cache: ObjectCache;
  readonly content: BundleContent;
  readonly session: Session;
  readonly language: string;
  readonly say: Say;
  readonly shell: ShellPort;
  readonly status: DeviceStatus;
  /** Words of the model in the user's language. */
  words(text: Text | undefined): string;
}

/** One open page: which objects were edited on it, and what is wrong with them. */
export interface PageState {
  /** Objects to write with Save and to take back with Cancel. */
  readonly edited: Set<ObjectId>;
  /** Runs what inputs still hold back, so that actions see it. */
  readonly flushes: Set<() => Promise<void>>;
  /** Inputs whose text means nothing for their attribute, by their elements' ids; nothing is saved over them. */
  readonly unreadable: Map<string, { readonly message: string; focus(): void }>;
  feedback(): ReadonlyMap<string, string>;
  setFeedback(
    entries: readonly { readonly object: ObjectId; readonly member: string; readonly message: string }[],
  ): void;
  clearFeedback(object: ObjectId, member: string): void;
  subscribe(listener: () => void): () => void;
  /** Selections of list widgets by widget name, for `listen` sources. */
  select(widget: string, object: ObjectId | null): void;
  selected(widget: string): ObjectId | null;
  readonly signIn: { name: string; password: string };
}

/** The scope a widget evaluates in. */
export interface Scope {
  readonly variables: Variables;
  /** Entity of `$currentObject`, where there is one. */
  readonly entity: string | null;
  readonly readOnly: boolean;
}

export const AppContext = createContext<AppContextValue | null>(null);
export const PageContext = createContext<PageState | null>(null);
export const ScopeContext = createContext<Scope>({ variables: new Map(), entity: null, readOnly: false });

export const useApp = () => must(useContext(AppContext), 'a widget outside an app');
export const usePage = () => must(useContext(PageContext), 'a widget outside a page');
export const useScope = () => useContext(ScopeContext);

export type Loaded<T> = { readonly ready: true; readonly value: T } | { readonly ready: false };

/** Computes over the object cache; not ready while something has yet to be loaded, and again whenever it changes. */
export function useCached<T>(compute: () => T): Loaded<T> {
  const { cache } = useApp();
  useSyncExternalStore(cache.subscribe, cache.version);
  try {
    return { ready: true, value: compute() };
  } catch (error) {
    if (error instanceof NotLoaded) return { ready: false };
    throw error;
  }
}

export function feedbackKey(object: ObjectId, member: string): string {
  return `${object} ${member}`;
}

export function createPageState(): PageState {
  let feedback: ReadonlyMap<string, string> = new Map();
  const selections = new Map<string, ObjectId>();
  const listeners = new Set<() => void>();
  const announce = () => {
    for (const listener of [...listeners]) listener();
  };
  return {
    edited: new Set(),
    flushes: new Set(),
    unreadable: new Map(),
    feedback: () => feedback,
    setFeedback(entries) {
      feedback = new Map(entries.map(({ object, member, message }) => [feedbackKey(object, member), message]));
      announce();
    },
    clearFeedback(object, member) {
      const key = feedbackKey(object, member);
      if (!feedback.has(key)) return;
      feedback = new Map([...feedback].filter(([known]) => known !== key));
      announce();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    select(widget, object) {
      if (object) selections.set(widget, object);
      else selections.delete(widget);
      feedback = new Map(feedback);
      announce();
    },
    selected: (widget) => selections.get(widget) ?? null,
    signIn: { name: '', password: '' },
  };
}

export function usePageState(): PageState {
  return useMemo(createPageState, []);
}

export function wordsIn(content: BundleContent, language: string): (text: Text | undefined) => string {
  return (text) => textIn(text, language, content.model.app.defaultLanguage);
}
