import { createKeybindingsHandler } from 'tinykeys';
import { createStore } from 'zustand';
import { type Action, actionStore } from './actions.ts';
import { dialogStore } from './dialog-store.ts';
import { isTextEntry } from './document-history.ts';
import { showFault } from './messages.ts';
import { isRecord, readStored, writeStored } from './stored.ts';

const KEY = 'skerry.keys';

/** Keys that people chose, by the action's id; an empty list takes an action's keys away. */
export const keyBindingsStore = createStore<{ readonly chosen: Readonly<Record<string, readonly string[]>> }>(() => ({
  chosen: readStored(KEY, isChosen) ?? {},
}));
keyBindingsStore.subscribe(({ chosen }) => writeStored(KEY, chosen));

function isChosen(value: unknown): value is Record<string, readonly string[]> {
  return isRecord(value) && Object.values(value).every((keys) => Array.isArray(keys) && keys.every(isString));
}
function isString(value: unknown): value is string {
  return typeof value === 'string';
}

export function keysOf(
  action: Pick<Action, 'id' | 'keys'>,
  chosen = keyBindingsStore.getState().chosen,
): readonly string[] {
  return chosen[action.id] ?? action.keys ?? [];
}

/** Gives an action one binding, and takes it from the action that had it, which is answered. */
export function bindKeys(id: string, keys: string): Action | undefined {
  const { actions } = actionStore.getState();
  const { chosen } = keyBindingsStore.getState();
  const before = [...actions.values()].find((one) => one.id !== id && keysOf(one, chosen).includes(keys));
  const taken = before && { [before.id]: keysOf(before, chosen).filter((one) => one !== keys) };
  keyBindingsStore.setState({ chosen: { ...chosen, ...taken, [id]: [keys] } });
  return before;
}

export function resetKeys(id?: string): void {
  if (id === undefined) keyBindingsStore.setState({ chosen: {} });
  else {
    keyBindingsStore.setState(({ chosen }) => ({
      chosen: Object.fromEntries(Object.entries(chosen).filter(([one]) => one !== id)),
    }));
  }
}

const MODIFIERS = new Set(['Control', 'Shift', 'Alt', 'Meta', 'AltGraph', 'CapsLock', 'Dead', 'Unidentified']);

/** A key press in tinykeys' words; undefined while only modifiers are down. */
export function pressedKeys(event: KeyboardEvent): string | undefined {
  if (MODIFIERS.has(event.key)) return undefined;
  const isMac = /Mac|iP(?:hone|ad|od)/.test(navigator.platform);
  const mod = isMac ? event.metaKey : event.ctrlKey;
  const parts = [
    ...(mod ? ['$mod'] : []),
    ...(isMac && event.ctrlKey ? ['Control'] : []),
    ...(!isMac && event.metaKey ? ['Meta'] : []),
    ...(event.altKey ? ['Alt'] : []),
    ...(event.shiftKey ? ['Shift'] : []),
  ];
  return [...parts, /^(?:Key|Digit)/.test(event.code) ? event.code : event.key].join('+');
}

/** Runs what an action does, its errors told. */
export function runAction(action: Action): void {
  if (action.isEnabled?.() === false) return;
  void Promise.resolve()
    .then(() => action.run())
    .catch(showFault);
}

/** A text field keeps the keys it needs itself: its undo, and whatever types or moves. */
function belongsToField(event: KeyboardEvent, keys: string): boolean {
  if (!isTextEntry(event.target)) return false;
  const hasModifier = /\$mod|Control|Meta|Alt/.test(keys);
  const isFunctionKey = /(?:^|\+)F\d+$/.test(keys);
  if (/^\$mod(?:\+Shift)?\+Key[ZY]$/.test(keys)) return true;
  return !hasModifier && !isFunctionKey;
}

/** Listens for the keys of all actions. Ahead of editors, so that the browser's own meanings do not come first. */
export function followKeys(): () => void {
  let handler: (event: Event) => void = () => {};
  const rebuild = () => {
    const { chosen } = keyBindingsStore.getState();
    const map: Record<string, (event: KeyboardEvent) => void> = {};
    // Later registrations win: an editor's keys over the workbench's while it is active.
    for (const action of actionStore.getState().actions.values()) {
      for (const keys of keysOf(action, chosen)) {
        const earlier = map[keys];
        map[keys] = (event) => {
          if (event.defaultPrevented || belongsToField(event, keys)) return;
          if (dialogStore.getState().dialogs.length > 0) return;
          if (action.isEnabled?.() === false) {
            earlier?.(event);
            return;
          }
          event.preventDefault();
          runAction(action);
        };
      }
    }
    handler = createKeybindingsHandler(map);
  };
  rebuild();
  const stops = [actionStore.subscribe(rebuild), keyBindingsStore.subscribe(rebuild)];
  const listen = (event: Event) => handler(event);
  window.addEventListener('keydown', listen);
  return () => {
    for (const stop of stops) stop();
    window.removeEventListener('keydown', listen);
  };
}
