import type { Json } from '@skerry/shared/base/json';
import { resolveShape } from '@skerry/shared/metamodel/shape';
import { useMemo, useRef, useState } from 'react';
import { Icon } from '../../design/icon.tsx';
import { IconButton } from '../../design/icon-button.tsx';
import { useProject } from '../../model/project-store.ts';
import { SlotMessages } from '../../text/slot-messages.tsx';
import { startsWith, useIndexedProblems } from '../../text/slot-problems.ts';
import { useWords } from '../../words/index.ts';
import { fieldCaption } from '../captions.ts';
import { formOf } from '../descriptors/index.ts';
import { FieldControl, type FieldProps } from '../field-control.tsx';
import { useForm } from '../form-context.tsx';
import { FormRows } from '../form-rows.tsx';
import { isJsonObject, typeName } from '../locate.ts';
import { summaryOf } from '../summary.ts';
import { AddItem } from './add-item.tsx';
import styles from './items.module.css';
import type { ItemsEditor } from './items-field.tsx';
import { useItems } from './use-items.ts';
import { useReorder } from './use-reorder.ts';

export interface ItemGridProps extends FieldProps<ItemsEditor> {
  readonly columns: readonly string[];
}

/** Items as rows of a table whose cells are their fields; the rest of an item unfolds below it. */
export function ItemGrid({ path, editor, label, fieldKey, columns }: ItemGridProps) {
  const t = useWords('properties');
  const form = useForm();
  const items = useItems(path, editor);
  const reorder = useReorder(items.move, form.isReadOnly);
  const language = useProject(({ model }) => model.app.defaultLanguage);
  const problems = useIndexedProblems(form.document);
  const [open, setOpen] = useState<string | undefined>(undefined);
  const body = useRef<HTMLTableSectionElement>(null);
  const type = typeName(fieldKey, {});
  const fields = useMemo(() => {
    const all = editor.item.kind === 'object' ? formOf(editor.item, type).flatMap((group) => group.fields) : [];
    return columns.flatMap((key) => all.find((field) => field.key === key) ?? []);
  }, [editor.item, type, columns]);
  const hasMore =
    editor.item.kind === 'object' &&
    [...editor.item.keys.keys()].some((key) => key !== 'id' && key !== 'kind' && !columns.includes(key));
  const add = async () => {
    await items.add();
    // The new row's first field is where the keyboard goes on.
    requestAnimationFrame(() => requestAnimationFrame(() => focusLast(body.current)));
  };
  return (
    <div className={styles.gridAround}>
      {items.list.length === 0 ? (
        <p className={styles.empty}>{t('empty')}</p>
      ) : (
        <table className={styles.grid} aria-label={label}>
          <thead>
            <tr>
              <td />
              {fields.map(({ key }) => (
                <th key={key} scope="col">
                  {fieldCaption(t, type, key)}
                </th>
              ))}
              <td />
            </tr>
          </thead>
          <tbody ref={body}>
            {items.list.map((value: Json, index) => {
              const key = isJsonObject(value) && typeof value.id === 'string' ? value.id : String(index);
              const at = [...path, index];
              const name = summaryOf(t, type, value, language);
              const own = problems.filter((problem) => problem.path && startsWith(problem.path, at));
              const shape = isJsonObject(value) ? resolveShape(editor.item, value) : undefined;
              return [
                <tr key={key} data-over={reorder.over === index || undefined} {...reorder.row(index)}>
                  <td className={styles.handle} title={t('move', { name })} {...reorder.handle(index)}>
                    <Icon name="gripper" />
                  </td>
                  {fields.map((field) => (
                    <td key={field.key} data-kind={field.editor.kind}>
                      <FieldControl
                        path={[...at, field.key]}
                        editor={field.editor}
                        label={`${fieldCaption(t, type, field.key)}, ${name}`}
                        type={type}
                        fieldKey={field.key}
                        optional={field.canBeEmpty}
                        isCell
                      />
                    </td>
                  ))}
                  <td className={styles.tools}>
                    {hasMore && (
                      <IconButton
                        icon={open === key ? 'chevron-up' : 'chevron-down'}
                        label={t('expand', { name })}
                        aria-expanded={open === key}
                        onClick={() => setOpen(open === key ? undefined : key)}
                      />
                    )}
                    {!form.isReadOnly && (
                      <IconButton icon="trash" label={t('remove', { name })} onClick={() => items.remove(index)} />
                    )}
                  </td>
                </tr>,
                (own.length > 0 || open === key) && (
                  <tr key={`${key} more`} className={styles.more}>
                    <td />
                    <td colSpan={fields.length + 1}>
                      {own.length > 0 && <SlotMessages problems={own} />}
                      {open === key && shape?.kind === 'object' && (
                        <FormRows path={at} shape={shape} type={type} isFlat without={columns} />
                      )}
                    </td>
                  </tr>
                ),
              ];
            })}
          </tbody>
        </table>
      )}
      {!form.isReadOnly && <AddItem editor={editor} label={label} fieldKey={fieldKey} onAdd={() => void add()} />}
    </div>
  );
}

function focusLast(body: HTMLElement | null): void {
  const inputs = body?.querySelectorAll<HTMLInputElement>('tr:last-of-type td:nth-child(2) input');
  const last = inputs?.[inputs.length - 1];
  last?.focus();
  last?.select();
}
