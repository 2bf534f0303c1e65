import type { Json } from '@skerry/shared/base/json';
import { resolveShape } from '@skerry/shared/metamodel/shape';
import { useState } from 'react';
import { Icon } from '../../design/icon.tsx';
import { IconButton } from '../../design/icon-button.tsx';
import { useProject } from '../../model/project-store.ts';
import { startsWith, useIndexedProblems } from '../../text/slot-problems.ts';
import { useWords } from '../../words/index.ts';
import { select } from '../../workbench/selection.ts';
import { KIND_ICONS } from '../candidates.ts';
import { typeCaption } from '../captions.ts';
import type { FieldProps } from '../field-control.tsx';
import { useForm } from '../form-context.tsx';
import { FormRows } from '../form-rows.tsx';
import { isJsonObject, typeName } from '../locate.ts';
import { summaryOf } from '../summary.ts';
import { AddItem } from './add-item.tsx';
import styles from './items.module.css';
import type { ItemsEditor } from './items-field.tsx';
import { useItems } from './use-items.ts';
import { useReorder } from './use-reorder.ts';

/** Types that are worth a panel of their own; the others unfold in their row. */
const OWN_PANEL = new Set(['attribute', 'association', 'widget', 'node', 'column', 'tab', 'sequenceFlow', 'menuItem']);

/** One line for each item: what it is, unfold or open, reorder, delete. */
export function ItemList({ path, editor, label, fieldKey }: FieldProps<ItemsEditor>) {
  const t = useWords('properties');
  const form = useForm();
  const items = useItems(path, editor);
  const reorder = useReorder(items.move, form.isReadOnly);
  const language = useProject(({ model }) => model.app.defaultLanguage);
  const problems = useIndexedProblems(form.document);
  const [open, setOpen] = useState<string | undefined>(undefined);
  return (
    <div>
      {items.list.length === 0 && <p className={styles.empty}>{t('empty')}</p>}
      <ul className={styles.list} aria-label={label}>
        {items.list.map((value: Json, index) => {
          const type = typeName(fieldKey, isJsonObject(value) ? value : {});
          const id = isJsonObject(value) && typeof value.id === 'string' ? value.id : undefined;
          const key = id ?? String(index);
          const opensPanel = id !== undefined && !form.isWide && OWN_PANEL.has(type.split('-')[0] ?? '');
          const isOpen = open === key;
          const at = [...path, index];
          const shape = isJsonObject(value) ? resolveShape(editor.item, value) : undefined;
          const name = summaryOf(t, type, value, language);
          const kind = type.includes('-') ? typeCaption(t, type) : undefined;
          return (
            <li key={key} data-over={reorder.over === index || undefined} {...reorder.row(index)}>
              <div className={styles.line}>
                {!form.isReadOnly && (
                  <span className={styles.handle} title={t('move', { name })} {...reorder.handle(index)}>
                    <Icon name="gripper" />
                  </span>
                )}
                <button
                  type="button"
                  className={styles.title}
                  aria-expanded={opensPanel ? undefined : isOpen}
                  onClick={() => (opensPanel ? select(form.document, [id]) : setOpen(isOpen ? undefined : key))}
                >
                  {!opensPanel && <Icon name={isOpen ? 'chevron-down' : 'chevron-right'} />}
                  {opensPanel && <Icon name={KIND_ICONS[type.split('-')[0] ?? ''] ?? 'circle-small'} />}
                  <span className={styles.name}>{name}</span>
                  {kind && kind !== name && <span className={styles.kind}>{kind}</span>}
                  {problems.some((problem) => problem.path && startsWith(problem.path, at)) && (
                    <Icon name="warning" className={styles.warning} />
                  )}
                </button>
                {!form.isReadOnly && (
                  <IconButton icon="trash" label={t('remove', { name })} onClick={() => items.remove(index)} />
                )}
              </div>
              {isOpen && shape?.kind === 'object' && (
                <div className={styles.inner}>
                  <FormRows path={at} shape={shape} type={type} isFlat />
                </div>
              )}
            </li>
          );
        })}
      </ul>
      {!form.isReadOnly && (
        <AddItem
          editor={editor}
          label={label}
          fieldKey={fieldKey}
          onAdd={(kind) => {
            void items.add(kind);
            if (!editor.haveIds) setOpen(String(items.list.length));
          }}
        />
      )}
    </div>
  );
}
