import { printDocument } from '@skerry/shared/metamodel/canonical';
import { apply } from '@skerry/shared/metamodel/change/apply';
import { type Documents, readModel } from '@skerry/shared/metamodel/model';
import { isSystemPath } from '@skerry/shared/metamodel/system-module';
import { mentionsInDocument } from '@skerry/shared/refactoring/mentions-in-document';
import { rename } from '@skerry/shared/refactoring/rename';
import { type Declaration, declarationById, declarations } from '@skerry/shared/refactoring/target';
import { usages } from '@skerry/shared/refactoring/usages';
import { openProject } from '@skerry/studio/host/project/open-project';
import { describe, expect, it } from 'vitest';

const { documents, model } = await openProject(
  new URL('../../../fixtures/apps/field-inspections', import.meta.url).pathname,
);
const own = [...model.documents.keys()]
  .filter((path) => !isSystemPath(path))
  .flatMap((path) => declarations(model, path));
const byKind = [...Map.groupBy(own, ({ kind }) => kind)];

const texts = (project: Documents) => [...project].map(([path, content]) => `${path}\n${printDocument(content)}`);

function renamed(project: Documents, declaration: Declaration, newName: string): Documents {
  const result = rename(readModel(project), declaration, newName);
  if (!result.ok) throw new Error(result.error[0]?.message);
  const applied = apply(project, result.value.edit);
  if (!applied.ok) throw new Error(applied.error.message);
  return applied.value;
}

/** How often each kind of thing is spoken of. */
function census(project: Documents): { readonly [kind: string]: number } {
  const after = readModel(project);
  const count: { [kind: string]: number } = {};
  for (const document of after.documents.values()) {
    for (const { kind } of mentionsInDocument(after, document)) count[kind] = (count[kind] ?? 0) + 1;
  }
  return count;
}
const before = census(documents);

describe('renaming in the sample app', () => {
  // Up to six of each kind, spread over the project; every element would take minutes.
  it.each(byKind)('a %s leaves nothing behind, breaks nothing, and can be taken back', (_, all) => {
    const every = Math.max(1, Math.floor(all.length / 6));
    for (const declaration of all.filter((_, i) => i % every === 0)) {
      const newName = `${declaration.simpleName}Renamed`;
      const after = renamed(documents, declaration, newName);
      const model2 = readModel(after);
      expect(model2.diagnostics).toEqual([]);
      const there = declarationById(model2, declaration.id) as Declaration;
      expect(there.simpleName).toBe(newName);
      expect(usages(model2, declaration)).toEqual([]);
      expect(usages(model2, there).length).toBe(usages(model, declaration).length);
      expect(census(after)).toEqual(before);
      expect(texts(renamed(after, there, declaration.simpleName))).toEqual(texts(documents));
    }
  });
});
