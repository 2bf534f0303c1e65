import type { Role } from '@skerry/shared/metamodel/role';
import { useMemo, useState } from 'react';
import { IconButton } from '../../design/icon-button.tsx';
import { TextField } from '../../design/text-field.tsx';
import { useWords } from '../../words/index.ts';
import { blankValue } from '../blank.ts';
import { type Candidate, calledParameters, type Site } from '../candidates.ts';
import { FieldControl, type FieldProps } from '../field-control.tsx';
import { editorOf, type FieldEditor } from '../field-editor.ts';
import { useField, useForm, useSite } from '../form-context.tsx';
import { isJsonObject } from '../locate.ts';
import { Picker } from '../picker.tsx';
import { useBeginnings } from '../use-beginnings.ts';
import { AccessRightsField } from './access-rights-field.tsx';
import styles from './fields.module.css';
import { candidatesOf } from './picker-field.tsx';

type Editor = Extract<FieldEditor, { kind: 'map' }>;

/** Values by name: rights by member, arguments by parameter, changes by member, settings by entity, headers. */
export function MapField(props: FieldProps<Editor>) {
  const { key, value } = props.editor;
  const inner = editorOf(value, '');
  if (key?.kind === 'nameOf' && key.to === 'member' && inner.kind === 'choice') return <AccessRightsField {...props} />;
  return <EntriesField {...props} />;
}

function EntriesField({ path, editor, label, type, fieldKey }: FieldProps<Editor>) {
  const t = useWords('properties');
  const form = useForm();
  const site = useSite(path);
  const { value } = useField(path);
  const beginnings = useBeginnings(path);
  const [name, setName] = useState('');
  const inner = editorOf(editor.value, '');
  const present = isJsonObject(value) ? Object.keys(value) : [];
  const candidates = useMemo(() => keyCandidates(editor.key, site), [editor.key, site]);
  // Arguments are asked for one by one, given or not.
  const isArguments = editor.key?.kind === 'nameOf' && editor.key.to === 'parameter';
  const required = new Set(
    isArguments && site
      ? calledParameters(site).flatMap((parameter) => (parameter.required ? [parameter.name] : []))
      : [],
  );
  const names = isArguments ? [...new Set([...candidates.map((one) => one.value), ...present])] : present;
  const left = candidates.filter((candidate) => !names.includes(candidate.value));
  const add = (key: string) => {
    if (key === '' || names.includes(key)) return;
    form.write([...path, key], blankValue(editor.value, '', beginnings));
    setName('');
  };
  return (
    <div className={styles.entries}>
      {names.length === 0 && <p className={styles.note}>{t('empty')}</p>}
      {names.map((key) => (
        <div
          key={key}
          className={styles.entry}
          data-stacked={inner.kind === 'object' || inner.kind === 'union' || undefined}
        >
          <span className={styles.entryName}>
            {key}
            {isArguments && !required.has(key) && <span className={styles.note}> {t('optional')}</span>}
          </span>
          <div className={styles.grow}>
            <FieldControl
              path={[...path, key]}
              editor={inner}
              label={`${label}: ${key}`}
              type={type}
              fieldKey={fieldKey}
              optional={isArguments}
            />
          </div>
          {!form.isReadOnly && present.includes(key) && (
            <IconButton
              icon="trash"
              label={t('remove', { name: key })}
              onClick={() => form.write([...path, key], undefined)}
            />
          )}
        </div>
      ))}
      {!form.isReadOnly && !isArguments && candidates.length > 0 && (
        <Picker
          key={names.length}
          label={t('addItem', { field: label })}
          placeholder={t('add')}
          value=""
          candidates={left}
          onChange={(key) => key && add(key)}
        />
      )}
      {!form.isReadOnly && !isArguments && candidates.length === 0 && (
        <div className={styles.entry}>
          <div className={styles.grow}>
            <TextField
              label={t('addItem', { field: label })}
              hideLabel
              placeholder={t('key')}
              value={name}
              onChange={setName}
              onCommit={(text) => add(text.trim())}
            />
          </div>
          <IconButton icon="add" label={t('addItem', { field: label })} onClick={() => add(name.trim())} />
        </div>
      )}
    </div>
  );
}

function keyCandidates(role: Role | undefined, site: Site | undefined): readonly Candidate[] {
  return role?.kind === 'reference' || role?.kind === 'nameOf' ? candidatesOf(role, site) : [];
}
