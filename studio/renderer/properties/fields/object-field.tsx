import type { FieldProps } from '../field-control.tsx';
import type { FieldEditor } from '../field-editor.ts';
import { useForm } from '../form-context.tsx';
import { FormRows } from '../form-rows.tsx';
import { typeOf } from '../locate.ts';
import styles from './fields.module.css';

type Editor = Extract<FieldEditor, { kind: 'object' }>;

/** Values that belong together, as rows of their own. */
export function ObjectField({ path, editor }: FieldProps<Editor>) {
  const { filled } = useForm();
  return (
    <div className={styles.nested}>
      <FormRows path={path} shape={editor.shape} type={typeOf(filled, path)} isFlat />
    </div>
  );
}
