import { TextField } from '../../design/text-field.tsx';
import { useWords } from '../../words/index.ts';
import type { FieldProps } from '../field-control.tsx';
import type { FieldEditor } from '../field-editor.ts';
import { useField, useForm } from '../form-context.tsx';
import { useDraft } from '../use-draft.ts';

type Editor = Extract<FieldEditor, { kind: 'plain' | 'newVariable' }>;

/** Text that nothing else depends on. An optional one that is emptied is absent. */
export function PlainField({ path, editor, label, optional }: FieldProps<Editor>) {
  const t = useWords('properties');
  const form = useForm();
  const { value, isMixed } = useField(path);
  const draft = useDraft(typeof value === 'string' && !isMixed ? value : '');
  const write = (text: string, isTyping: boolean) =>
    form.write(path, text === '' && optional ? undefined : text, { merge: draft.merge, isTyping });
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only notes that the focus came and went
    <div
      onFocus={draft.enter}
      onBlur={() => {
        form.flush();
        draft.leave();
      }}
    >
      <TextField
        label={label}
        hideLabel
        value={draft.text}
        isMultiline={editor.kind === 'plain' && editor.isLong}
        placeholder={isMixed ? t('mixed') : ''}
        disabled={form.isReadOnly}
        onChange={(text) => {
          draft.change(text);
          write(text, true);
        }}
        onCommit={() => form.flush()}
        onCancel={() => {
          if (draft.text === draft.initial) return;
          write(draft.initial, false);
          draft.change(draft.initial);
        }}
      />
    </div>
  );
}
