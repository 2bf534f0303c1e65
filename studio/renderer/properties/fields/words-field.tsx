import { useState } from 'react';
import { IconButton } from '../../design/icon-button.tsx';
import { TextField } from '../../design/text-field.tsx';
import { useProject } from '../../model/project-store.ts';
import { CodeField } from '../../text/code-field.tsx';
import { useWords } from '../../words/index.ts';
import type { FieldProps } from '../field-control.tsx';
import type { FieldEditor } from '../field-editor.ts';
import { useField, useForm } from '../form-context.tsx';
import { isJsonObject } from '../locate.ts';
import { useDraft } from '../use-draft.ts';
import styles from './fields.module.css';

type Editor = Extract<FieldEditor, { kind: 'words' | 'template' }>;

/** Words in each of the app's languages: the default one, the others on request. */
export function WordsField(props: FieldProps<Editor>) {
  const t = useWords('properties');
  const languages = useProject(({ model }) => model.app.languages);
  const first = useProject(({ model }) => model.app.defaultLanguage);
  const { value } = useField(props.path);
  const [showsAll, setShowsAll] = useState(false);
  const known = languages.map(({ tag }) => tag);
  const others = isJsonObject(value) ? Object.keys(value).filter((tag) => !known.includes(tag)) : [];
  const tags = [first, ...known.filter((tag) => tag !== first), ...others];
  const shown = showsAll ? tags : tags.slice(0, 1);
  const hasMore = tags.length > 1;
  return (
    <div className={styles.words}>
      {shown.map((tag, index) => (
        <div key={tag} className={styles.language}>
          {hasMore && <span className={styles.tag}>{tag}</span>}
          <LanguageField {...props} tag={tag} />
          {index === 0 && hasMore && (
            <IconButton
              icon="globe"
              label={t('translations')}
              isPressed={showsAll}
              onClick={() => setShowsAll(!showsAll)}
            />
          )}
        </div>
      ))}
    </div>
  );
}

function LanguageField({ path, editor, label, tag }: FieldProps<Editor> & { readonly tag: string }) {
  const t = useWords('properties');
  const form = useForm();
  const inner = [...path, tag];
  const { value, isMixed } = useField(inner);
  const draft = useDraft(typeof value === 'string' && !isMixed ? value : '');
  const name = `${label} (${tag})`;
  const change = (text: string) => {
    draft.change(text);
    form.write(inner, text === '' ? undefined : text, { merge: draft.merge, isTyping: true });
  };
  if (editor.kind === 'template') {
    return (
      <CodeField
        document={form.document}
        path={inner}
        language="template"
        label={name}
        value={draft.text}
        lines={4}
        disabled={form.isReadOnly}
        onChange={change}
        onCommit={() => {
          form.flush();
          draft.leave();
        }}
      />
    );
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only notes that the focus came and went
    <div
      className={styles.grow}
      onFocus={draft.enter}
      onBlur={() => {
        form.flush();
        draft.leave();
      }}
    >
      <TextField
        label={name}
        hideLabel
        value={draft.text}
        placeholder={isMixed ? t('mixed') : ''}
        disabled={form.isReadOnly}
        onChange={change}
        onCommit={() => form.flush()}
        onCancel={() => draft.text !== draft.initial && change(draft.initial)}
      />
    </div>
  );
}
