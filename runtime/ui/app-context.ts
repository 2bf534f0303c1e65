import type { ObjectId } from '@skerry/shared/base/ids';
import { must } from '@skerry/shared/base/invariant';
import type { BundleContent } from '@skerry/shared/bundle/content';
import type { Session } from '@skerry/shared/expression/session';
import type { Text } from '@skerry/shared/metamodel/schema';
import { createContext, useContext, useMemo, useSyncExternalStore } from 'react';
import type { Device, DeviceStatus, ObjectSnapshot, PlainValue } from '../engine/device-face.ts';
import type { EvaluationSurroundings, Variables } from './data/evaluation.ts';
import { type FormatSurroundings, textIn } from './data/format.ts';
import { comparable } from './data/member-value.ts';
import { NotLoaded, type ObjectCache } from './data/object-cache.ts';
import type { Say } from './shell/words.ts';

/** Where pages go, and what the shell says on their behalf. */
export interface ShellPort {
  openPage(page: string, args: { readonly [parameter: string]: PlainValue }): void;
  openHome(): void;
  /** Closes the page on top, whatever was edited on it: for who has saved or discarded that. */
  closePage(): void;
  /** Closes it as its user does: what would be lost is asked about first. */
  leavePage(): void;
  openSync(): void;
  toast(level: 'information' | 'warning' | 'error', text: string): void;
  /** Resolves when the message has been read. */
  tell(level: 'information' | 'warning' | 'error', text: string): Promise<void>;
  confirm(question: ConfirmQuestion): Promise<boolean>;
  signOut(): Promise<void>;
  /** Lets the version that waits begin, after asking about what is being edited. */
  startUpdate(): Promise<void>;
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
  /** What edited members were before, by object and member; see `noteEdit`. */
  readonly before: ReadonlyMap<ObjectId, ReadonlyMap<string, string>>;
  /** Marks an object as edited and keeps what the member was, so that changing it back counts as no change. */
  noteEdit(object: ObjectSnapshot, member: string): void;
  /** Runs what inputs still hold back, so that actions see it. */
  readonly flushes: Set<() => Promise<void>>;
  /** Elements' ids of the inputs that hold something back now. */
  readonly holding: Set<string>;
  /** Inputs whose text means nothing for their attribute, by their elements' ids; nothing is saved over them. */
  readonly unreadable: Map<string, { readonly message: string; focus(): void }>;
  /** Whether leaving might lose something. */
  mayBeEdited(): boolean;
  /** All was saved or taken back. */
  forget(): void;
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
  const edited = new Set<ObjectId>();
  const before = new Map<ObjectId, Map<string, string>>();
  const holding = new Set<string>();
  const unreadable: PageState['unreadable'] = new Map();
  const listeners = new Set<() => void>();
  const announce = () => {
    for (const listener of [...listeners]) listener();
  };
  return {
    edited,
    before,
    noteEdit(object, member) {
      edited.add(object.id);
      // Saved by a flow meanwhile: what counts is what it was since then.
      if (!object.isChanged && !object.isNew) before.delete(object.id);
      const known = before.get(object.id) ?? new Map<string, string>();
      if (!known.has(member)) known.set(member, comparable(object, member));
      before.set(object.id, known);
    },
    flushes: new Set(),
    holding,
    unreadable,
    mayBeEdited: () => edited.size + holding.size + unreadable.size > 0,
    forget() {
      edited.clear();
      before.clear();
      unreadable.clear();
    },
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
