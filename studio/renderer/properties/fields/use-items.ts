import type { Json, JsonObject } from '@skerry/shared/base/json';
import type { DocumentPath } from '@skerry/shared/metamodel/walk';
import { useMemo } from 'react';
import { useRun } from '../../model/use-run.ts';
import { blankOption, blankValue } from '../blank.ts';
import { placeOf } from '../changes.ts';
import type { FieldEditor } from '../field-editor.ts';
import { useField, useForm } from '../form-context.tsx';
import { isJsonObject } from '../locate.ts';
import { useBeginnings } from '../use-beginnings.ts';

type Editor = Extract<FieldEditor, { kind: 'items' }>;

/** The items of a list and what can be done with them; elements by their ids, other values by writing the list anew. */
export interface Items {
  readonly list: readonly Json[];
  /** `kind`: which option of a union. */
  readonly add: (kind?: string) => Promise<void>;
  readonly remove: (index: number) => void;
  /** `to` counts after the item has been taken out. */
  readonly move: (from: number, to: number) => void;
}

export function useItems(path: DocumentPath, { item, haveIds }: Pick<Editor, 'item' | 'haveIds'>): Items {
  const run = useRun();
  const form = useForm();
  const { value } = useField(path);
  const beginnings = useBeginnings(path);
  const list: readonly Json[] = useMemo(() => (Array.isArray(value) ? value : []), [value]);
  const idAt = (index: number): string | undefined => {
    const at = list[index];
    return isJsonObject(at) && typeof at.id === 'string' ? at.id : undefined;
  };
  const place = placeOf(form.document, form.content, path);
  const parent = { document: form.document, ...(place.element ? { element: place.element } : {}) };
  return {
    list,
    async add(kind) {
      form.flush();
      const made = (
        item.kind === 'union'
          ? blankOption(item, kind ?? item.options.keys().next().value ?? '', beginnings)
          : blankValue(item, '', beginnings)
      ) as JsonObject;
      if (haveIds) await run('element.insert', { ...parent, list: place.path, value: made });
      else form.write(path, [...list, made]);
    },
    remove(index) {
      form.flush();
      const id = idAt(index);
      if (haveIds && id) void run('element.delete', { elements: [{ document: form.document, element: id }] });
      else form.write(path, list.toSpliced(index, 1));
    },
    move(from, to) {
      if (from === to || to < 0 || to >= list.length) return;
      form.flush();
      const id = idAt(from);
      const without = list.toSpliced(from, 1);
      if (!haveIds || !id) {
        form.write(path, without.toSpliced(to, 0, list[from] as Json));
        return;
      }
      const before = without[to - 1];
      const after = isJsonObject(before) && typeof before.id === 'string' ? before.id : null;
      void run('element.move', {
        document: form.document,
        elements: [id],
        ...(place.element ? { parent: place.element } : {}),
        list: place.path,
        after: to === 0 ? null : after,
      });
    },
  };
}
