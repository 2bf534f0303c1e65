import { CodeField } from '../../text/code-field.tsx';
import { useWords } from '../../words/index.ts';
import type { FieldProps } from '../field-control.tsx';
import type { FieldEditor } from '../field-editor.ts';
import { useField, useForm } from '../form-context.tsx';
import { useDraft } from '../use-draft.ts';

type Editor = Extract<FieldEditor, { kind: 'code' }>;
const LINES = { expression: 8, constraint: 8, memberPath: 1, template: 4 } as const;

/** A text in one of the languages. */
export function CodeSlotField({ path, editor, label, optional, isCell }: FieldProps<Editor>) {
  const t = useWords('properties');
  const form = useForm();
  const { value, isMixed } = useField(path);
  const draft = useDraft(typeof value === 'string' && !isMixed ? value : '');
  return (
    <CodeField
      document={form.document}
      path={path}
      language={editor.language}
      label={label}
      value={draft.text}
      lines={isCell ? 1 : LINES[editor.language]}
      disabled={form.isReadOnly}
      placeholder={isMixed ? t('mixed') : optional ? t('optional') : ''}
      showsMessages={false}
      onChange={(text) => {
        draft.change(text);
        form.write(path, text === '' && optional ? undefined : text, { merge: draft.merge, isTyping: true });
      }}
      onCommit={() => {
        form.flush();
        draft.leave();
      }}
    />
  );
}
