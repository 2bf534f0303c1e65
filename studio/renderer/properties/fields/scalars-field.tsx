import type { Json } from '@skerry/shared/base/json';
import { useMemo } from 'react';
import { Button } from '../../design/button.tsx';
import { Checkbox } from '../../design/checkbox.tsx';
import { IconButton } from '../../design/icon-button.tsx';
import { useWords } from '../../words/index.ts';
import { FieldControl, type FieldProps } from '../field-control.tsx';
import type { FieldEditor } from '../field-editor.ts';
import { useField, useForm, useSite } from '../form-context.tsx';
import { useBeginnings } from '../use-beginnings.ts';
import styles from './fields.module.css';
import { candidatesOf } from './picker-field.tsx';

type Editor = Extract<FieldEditor, { kind: 'scalars' }>;

/** A list of single values: roles as boxes to tick, everything else one below the other. */
export function ScalarsField(props: FieldProps<Editor>) {
  const { item } = props.editor;
  const isRoles =
    (item.kind === 'nameOf' && (item.to === 'moduleRole' || item.to === 'userRole')) ||
    (item.kind === 'reference' && item.to === 'moduleRole');
  return isRoles ? <RolesField {...props} /> : <ListField {...props} />;
}

function RolesField({ path, editor, label }: FieldProps<Editor>) {
  const t = useWords('properties');
  const form = useForm();
  const site = useSite(path);
  const { value } = useField(path);
  const chosen = useMemo(() => (Array.isArray(value) ? value.map(String) : []), [value]);
  const roles = useMemo(() => {
    const known =
      editor.item.kind === 'nameOf' || editor.item.kind === 'reference' ? candidatesOf(editor.item, site) : [];
    return [...new Set([...known.map((candidate) => candidate.value), ...chosen])];
  }, [editor.item, site, chosen]);
  if (roles.length === 0) return <p className={styles.note}>{t('noCandidates')}</p>;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset draws a frame that the row has already
    <div role="group" aria-label={label} className={styles.checks}>
      {roles.map((role) => (
        <Checkbox
          key={role}
          label={role}
          checked={chosen.includes(role)}
          disabled={form.isReadOnly}
          onChange={(checked) =>
            // In the order in which the roles stand, so that the same choice is the same text.
            form.write(
              path,
              roles.filter((one) => (one === role ? checked : chosen.includes(one))),
            )
          }
        />
      ))}
    </div>
  );
}

function ListField({ path, editor, label, type, fieldKey }: FieldProps<Editor>) {
  const t = useWords('properties');
  const form = useForm();
  const { value } = useField(path);
  const beginnings = useBeginnings(path);
  const list: readonly Json[] = Array.isArray(value) ? value : [];
  const { item } = editor;
  const role = item.kind === 'nameOf' ? ({ kind: 'nameOf', to: item.to } as const) : undefined;
  return (
    <div className={styles.scalars}>
      {list.map((_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: values have no other identity than their place
        <div key={index} className={styles.scalar}>
          {fieldKey === 'parameters' && <span className={styles.tag}>{`{${index + 1}}`}</span>}
          <div className={styles.grow}>
            <FieldControl
              path={[...path, index]}
              editor={item}
              label={`${label} ${index + 1}`}
              type={type}
              fieldKey={fieldKey}
              optional={false}
            />
          </div>
          {!form.isReadOnly && (
            <IconButton
              icon="trash"
              label={t('remove', { name: `${label} ${index + 1}` })}
              onClick={() => form.write(path, list.toSpliced(index, 1))}
            />
          )}
        </div>
      ))}
      {!form.isReadOnly && (
        <Button
          size="small"
          icon="add"
          aria-label={t('addItem', { field: label })}
          onClick={() => form.write(path, [...list, beginnings.word(role, fieldKey)])}
        >
          {t('add')}
        </Button>
      )}
    </div>
  );
}
