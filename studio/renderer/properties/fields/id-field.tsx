import { IconButton } from '../../design/icon-button.tsx';
import { useWords } from '../../words/index.ts';
import type { FieldProps } from '../field-control.tsx';
import { useField } from '../form-context.tsx';
import styles from './fields.module.css';

/** Shown, never changed. */
export function IdField({ path }: FieldProps) {
  const t = useWords('properties');
  const { value } = useField(path);
  const id = String(value ?? '');
  return (
    <div className={styles.id}>
      <code>{id}</code>
      <IconButton icon="copy" label={t('copyId')} onClick={() => void navigator.clipboard.writeText(id)} />
    </div>
  );
}
