import { userFault } from '@skerry/shared/base/fault';
import type { Json, JsonObject } from '@skerry/shared/base/json';
import { apply } from '@skerry/shared/metamodel/change/apply';
import { type Documents, type Model, readModel } from '@skerry/shared/metamodel/model';
import { rename } from '@skerry/shared/refactoring/rename';
import type { ModelEdit } from './scenario.ts';

/** Documents after the edits of a `publish` step. @throws Fault `scenario/edit-refused` naming the edit, from 1 */
export function editDocuments(documents: Documents, edits: readonly ModelEdit[]): Documents {
  let current = documents;
  edits.forEach((edit, at) => {
    const refuse = (message: string) => userFault('scenario/edit-refused', `Edit ${at + 1} (${edit.edit}): ${message}`);
    switch (edit.edit) {
      case 'renameAttribute':
        current = renamed(readModel(current), current, edit, refuse);
        break;
      case 'addDocument':
        if (current.has(edit.path)) throw refuse(`${edit.path} is there already.`);
        current = new Map([...current, [edit.path, edit.content as JsonObject]]);
        break;
      case 'changeDocument': {
        const before = current.get(edit.path);
        if (!before) throw refuse(`There is no document ${edit.path}.`);
        current = new Map([...current, [edit.path, merged(before, edit.merge as JsonObject) as JsonObject]]);
      }
    }
  });
  return current;
}

function renamed(
  model: Model,
  documents: Documents,
  edit: Extract<ModelEdit, { edit: 'renameAttribute' }>,
  refuse: (message: string) => Error,
): Documents {
  const found = rename(model, { kind: 'attribute', name: `${edit.entity}/${edit.attribute}` }, edit.to);
  if (!found.ok) throw refuse(found.error[0]?.message ?? 'It cannot be renamed.');
  const applied = apply(documents, found.value.edit);
  if (!applied.ok) throw refuse(applied.error.message);
  return applied.value;
}

/** RFC 7396. */
function merged(before: Json | undefined, patch: Json | undefined): Json | undefined {
  if (!isObject(patch)) return patch;
  const result: { [key: string]: Json | undefined } = isObject(before) ? { ...before } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else result[key] = merged(result[key], value);
  }
  return result;
}

function isObject(json: Json | undefined): json is JsonObject {
  return json !== null && typeof json === 'object' && !Array.isArray(json);
}
