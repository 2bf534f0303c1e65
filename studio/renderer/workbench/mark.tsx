import styles from './mark.module.css';

/** A skerry: a rock, and the line of the sea. */
export function Mark({ size, isQuiet = false }: { readonly size: number; readonly isQuiet?: boolean }) {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 32 32"
      width={size}
      height={size}
      className={isQuiet ? styles.quiet : styles.mark}
    >
      <path className={styles.rock} d="M4 20.5 10.2 11l3 3.4L19 6l9 14.5Z" />
      <path
        className={styles.sea}
        d="M3 24.5c2.2 0 2.2-1.6 4.3-1.6s2.2 1.6 4.4 1.6 2.1-1.6 4.3-1.6 2.2 1.6 4.3 1.6 2.2-1.6 4.4-1.6 2.1 1.6 4.3 1.6"
      />
      <path className={styles.sea} d="M8 28.5c2 0 2-1.4 4-1.4s2 1.4 4 1.4 2-1.4 4-1.4 2 1.4 4 1.4" />
    </svg>
  );
}
