import { Kbd } from '../design/kbd.tsx';
import { useWords } from '../words/index.ts';
import { actionStore } from './actions.ts';
import styles from './empty-editor.module.css';
import { keysOf } from './key-bindings.ts';
import { Mark } from './mark.tsx';

const HINTS: readonly (readonly [string, string])[] = [
  ['view.goToDocument', 'empty.palette'],
  ['view.commandPalette', 'empty.commands'],
  ['view.explorer', 'empty.explorer'],
  ['view.problems', 'empty.problems'],
  ['help.shortcuts', 'empty.shortcuts'],
];

/** Where tabs would be. */
export function EmptyEditor() {
  return (
    <div className={styles.empty}>
      <Mark size={72} isQuiet />
      <KeyHints />
    </div>
  );
}

export function KeyHints() {
  const t = useWords('workbench');
  const { actions } = actionStore.getState();
  return (
    <dl className={styles.hints}>
      {HINTS.map(([id, key]) => {
        const action = actions.get(id);
        const keys = action && keysOf(action)[0];
        if (!keys) return null;
        return (
          <div key={id} className={styles.hint}>
            <dt>{t(key)}</dt>
            <dd>
              <Kbd keys={keys} />
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
