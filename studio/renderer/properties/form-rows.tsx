import type { ObjectShape } from '@skerry/shared/metamodel/shape';
import type { DocumentPath } from '@skerry/shared/metamodel/walk';
import { useMemo } from 'react';
import { useWords } from '../words/index.ts';
import { fieldCaption, groupCaption } from './captions.ts';
import { type FormField, formOf } from './descriptors/index.ts';
import { FieldControl } from './field-control.tsx';
import { FieldRow, matches } from './field-row.tsx';
import { FormSection } from './form-section.tsx';

export interface FormRowsProps {
  readonly path: DocumentPath;
  readonly shape: ObjectShape;
  readonly type: string;
  /** Without the titles of groups, and without ids: for values inside others. */
  readonly isFlat?: boolean;
  /** Controls alone, side by side. */
  readonly isCell?: boolean | undefined;
  /** Only rows whose caption or key has this in it. */
  readonly filter?: string;
  /** Keys that stand elsewhere. */
  readonly without?: readonly string[];
}

/** The rows of an element: every key of its shape once. */
export function FormRows({ path, shape, type, isFlat, isCell, filter = '', without = [] }: FormRowsProps) {
  const t = useWords('properties');
  const groups = useMemo(() => formOf(shape, type), [shape, type]);
  const wanted = (field: FormField) => !without.includes(field.key) && matches(t, type, field.key, filter);
  const row = (field: FormField, title = '') =>
    isCell ? (
      <FieldControl
        key={field.key}
        path={[...path, field.key]}
        editor={field.editor}
        label={fieldCaption(t, type, field.key)}
        type={type}
        fieldKey={field.key}
        optional={field.canBeEmpty}
        isCell
      />
    ) : (
      <FieldRow
        key={field.key}
        path={[...path, field.key]}
        field={field}
        type={type}
        // A group of one that is called as the group is needs no second caption.
        hidesCaption={title === fieldCaption(t, type, field.key)}
      />
    );
  if (isFlat)
    return groups.flatMap(({ fields }) =>
      fields.filter(({ key }) => key !== 'id' && !without.includes(key)).map((field) => row(field)),
    );
  const shown = groups.map((group) => ({ ...group, fields: group.fields.filter(wanted) }));
  if (shown.every(({ fields }) => fields.length === 0)) return <p>{t('noMatch', { text: filter })}</p>;
  return shown.map(
    ({ id, isClosed, fields }) =>
      fields.length > 0 && (
        <FormSection key={id} title={groupCaption(t, id)} isClosed={isClosed && filter === ''}>
          {fields.map((field) => row(field, groupCaption(t, id)))}
        </FormSection>
      ),
  );
}
