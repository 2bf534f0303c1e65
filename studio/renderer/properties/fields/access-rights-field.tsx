import { useMemo } from 'react';
import { Icon } from '../../design/icon.tsx';
import { useWords } from '../../words/index.ts';
import { nameCandidates } from '../candidates.ts';
import { choiceCaption } from '../captions.ts';
import type { FieldProps } from '../field-control.tsx';
import type { FieldEditor } from '../field-editor.ts';
import { useField, useForm, useSite } from '../form-context.tsx';
import { isJsonObject, valueAt } from '../locate.ts';
import styles from './fields.module.css';
import { RightSwitch } from './right-switch.tsx';

type Editor = Extract<FieldEditor, { kind: 'map' }>;

/** A right for each member of the entity; those without one have the rule's right for all others. */
export function AccessRightsField({ path, label }: FieldProps<Editor>) {
  const t = useWords('properties');
  const form = useForm();
  const site = useSite(path);
  const { value } = useField(path);
  const members = useMemo(() => (site ? nameCandidates('member', site) : []), [site]);
  const rights = isJsonObject(value) ? value : {};
  const unknown = Object.keys(rights).filter((name) => !members.some((member) => member.value === name));
  const fallback = String(valueAt(form.filled, [...path.slice(0, -1), 'defaultMemberRights']) ?? 'none');
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset draws a frame that the row has already
    <div role="group" aria-label={label} className={styles.rights}>
      {[
        ...members.map(({ value: name, icon }) => ({ name, icon })),
        ...unknown.map((name) => ({ name, icon: 'warning' })),
      ].map(({ name, icon }) => (
        <div key={name} className={styles.right}>
          <span className={styles.member}>
            <Icon name={icon} /> {name}
          </span>
          <RightSwitch
            label={name}
            value={typeof rights[name] === 'string' ? (rights[name] as string) : undefined}
            fallback={fallback}
            caption={(right) => choiceCaption(t, 'accessRule', 'members', right)}
            disabled={form.isReadOnly}
            onChange={(right) => form.write([...path, name], right)}
          />
        </div>
      ))}
    </div>
  );
}
