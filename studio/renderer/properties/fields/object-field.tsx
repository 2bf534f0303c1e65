import type { FieldProps } from '../field-control.tsx';
import type { FieldEditor } from '../field-editor.ts';
import { useForm } from '../form-context.tsx';
import { FormRows } from '../form-rows.tsx';
import { typeName, valueAt } from '../locate.ts';
import styles from './fields.module.css';

type Editor = Extract<FieldEditor, { kind: 'object' }>;

/** Values that belong together, as rows of their own. */
export function ObjectField({ path, editor }: FieldProps<Editor>) {
  const { filled } = useForm();
  const key = String([...path].reverse().find((step) => typeof step === 'string'));
  const value = valueAt(filled, path);
  return (
    <div className={styles.nested}>
      <FormRows path={path} shape={editor.shape} type={typeName(key, (value ?? {}) as never)} isFlat />
    </div>
  );
}
