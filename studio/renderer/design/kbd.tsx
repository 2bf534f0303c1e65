import styles from './kbd.module.css';
import { keysText } from './keys-text.ts';

/** A key binding, given in tinykeys' words. */
export function Kbd({ keys }: { readonly keys: string }) {
  return <kbd className={styles.kbd}>{keysText(keys)}</kbd>;
}
