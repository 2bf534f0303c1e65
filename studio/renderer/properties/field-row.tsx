import type { DocumentPath } from '@skerry/shared/metamodel/walk';
import { Icon } from '../design/icon.tsx';
import { IconButton } from '../design/icon-button.tsx';
import { Tooltip } from '../design/tooltip.tsx';
import { SlotMessages } from '../text/slot-messages.tsx';
import { startsWith, useIndexedProblems } from '../text/slot-problems.ts';
import { useWords, type Words } from '../words/index.ts';
import { fieldCaption, fieldHelp } from './captions.ts';
import type { FormField } from './descriptors/index.ts';
import { FieldControl } from './field-control.tsx';
import { isWide } from './field-editor.ts';
import styles from './form.module.css';
import { useField, useForm, useStablePath } from './form-context.tsx';

export interface FieldRowProps {
  readonly path: DocumentPath;
  readonly field: FormField;
  readonly type: string;
  readonly hidesCaption?: boolean;
}

export function matches(t: Words, type: string, key: string, filter: string): boolean {
  const text = filter.trim().toLowerCase();
  return text === '' || key.toLowerCase().includes(text) || fieldCaption(t, type, key).toLowerCase().includes(text);
}

/** A caption, its control, and beneath what is wrong with the value. */
export function FieldRow({ path, field, type, hidesCaption = false }: FieldRowProps) {
  const t = useWords('properties');
  const form = useForm();
  const place = useStablePath(path);
  const key = place.join('/');
  const { stored } = useField(place);
  const problems = useIndexedProblems(form.document);
  const { editor, optional } = field;
  const caption = fieldCaption(t, type, field.key);
  const help = fieldHelp(t, type, field.key);
  const isContainer =
    editor.kind === 'object' || editor.kind === 'union' || editor.kind === 'items' || editor.kind === 'map';
  const own = problems.filter((problem) =>
    problem.path && isContainer ? problem.path.join('/') === key : problem.path && startsWith(problem.path, place),
  );
  const within = isContainer && problems.some((problem) => problem.path && startsWith(problem.path, place));
  const isSet = optional && stored !== undefined && !form.isReadOnly;
  const label = (
    <span className={styles.caption}>
      <span>{caption}</span>
      {within && <Icon name="warning" className={styles.within} />}
    </span>
  );
  return (
    <div
      className={styles.row}
      data-wide={isWide(editor) || undefined}
      data-set={isSet || undefined}
      data-key={field.key}
    >
      <div className={hidesCaption ? styles.unlabelled : styles.label}>
        {!hidesCaption && (help ? <Tooltip text={help}>{label}</Tooltip> : label)}
        {isSet && (
          <IconButton
            icon="discard"
            label={`${caption}: ${t('reset')}`}
            className={styles.reset}
            onClick={() => form.write(place, undefined)}
          />
        )}
      </div>
      <div className={styles.control} data-kind={editor.kind}>
        <FieldControl
          path={place}
          editor={editor}
          label={caption}
          type={type}
          fieldKey={field.key}
          optional={field.canBeEmpty}
        />
        {own.length > 0 && <SlotMessages problems={own} />}
      </div>
    </div>
  );
}
