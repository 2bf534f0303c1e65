import { Select } from '../../design/select.tsx';
import { useWords } from '../../words/index.ts';
import { switchKind } from '../blank.ts';
import { typeCaption } from '../captions.ts';
import type { FieldProps } from '../field-control.tsx';
import type { FieldEditor } from '../field-editor.ts';
import { useField, useForm } from '../form-context.tsx';
import { FormRows } from '../form-rows.tsx';
import { isJsonObject, typeOf } from '../locate.ts';
import { useBeginnings } from '../use-beginnings.ts';
import styles from './fields.module.css';

type Editor = Extract<FieldEditor, { kind: 'union' }>;
const ABSENT = '';

/** One of several kinds, and what the chosen one has. Another kind keeps what fits it. */
export function UnionField({ path, editor, label, optional, isCell }: FieldProps<Editor>) {
  const t = useWords('properties');
  const form = useForm();
  const { value, stored, isMixed } = useField(path);
  const beginnings = useBeginnings(path);
  const { options } = editor.shape;
  const current = isJsonObject(value) && typeof value.kind === 'string' ? value.kind : undefined;
  const type = typeOf(form.filled, path);
  const base = type.includes('-') ? type.slice(0, type.indexOf('-')) : type;
  const option = current === undefined ? undefined : options.get(current);
  const hasRows = option && [...option.keys.keys()].some((key) => key !== 'kind');
  // Absent is a choice of its own where nothing stands for it.
  const absent = optional && value === undefined ? [{ value: ABSENT, label: t('none') }] : [];
  const clearable = optional && stored !== undefined && current !== undefined && !isMixed;
  return (
    <div className={isCell ? styles.cellUnion : undefined}>
      <Select
        label={label}
        hideLabel
        value={isMixed ? undefined : (current ?? (optional ? ABSENT : undefined))}
        placeholder={isMixed ? t('mixed') : t('choose')}
        disabled={form.isReadOnly}
        options={[
          ...(clearable ? [{ value: ABSENT, label: t('none') }] : absent),
          ...[...options.keys()].map((kind) => ({ value: kind, label: typeCaption(t, `${base}-${kind}`) })),
        ]}
        onChange={(kind) => {
          if (kind === ABSENT) form.write(path, undefined);
          else form.write(path, switchKind(editor.shape, isJsonObject(value) ? value : {}, kind, beginnings));
        }}
      />
      {option && hasRows && !isMixed && (
        <div className={isCell ? styles.cellRows : styles.nested}>
          <FormRows path={path} shape={option} type={type} isFlat isCell={isCell} />
        </div>
      )}
    </div>
  );
}
