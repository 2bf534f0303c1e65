import { Select } from '../../design/select.tsx';
import { useWords } from '../../words/index.ts';
import { choiceCaption } from '../captions.ts';
import type { FieldProps } from '../field-control.tsx';
import type { FieldEditor } from '../field-editor.ts';
import { useField, useForm } from '../form-context.tsx';

type Editor = Extract<FieldEditor, { kind: 'choice' }>;

export function ChoiceField({ path, editor, label, type, fieldKey }: FieldProps<Editor>) {
  const t = useWords('properties');
  const form = useForm();
  const { value, isMixed } = useField(path);
  return (
    <Select
      label={label}
      hideLabel
      value={typeof value === 'string' && !isMixed ? value : undefined}
      placeholder={isMixed ? t('mixed') : t('choose')}
      disabled={form.isReadOnly}
      options={editor.values.map((one) => ({ value: one, label: choiceCaption(t, type, fieldKey, one) }))}
      onChange={(next) => form.write(path, next)}
    />
  );
}
