import styles from './spinner.module.css';

/** @param label what is being waited for */
export function Spinner({ label }: { readonly label: string }) {
  return <span role="status" aria-label={label} className={styles.spinner} />;
}
