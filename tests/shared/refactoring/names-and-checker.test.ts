import { checkConstraint } from '@skerry/shared/constraint/check';
import { parseConstraint } from '@skerry/shared/constraint/parse';
import type { Type } from '@skerry/shared/expression/type';
import { domainView } from '@skerry/shared/metamodel/domain-view';
import { walkDocument } from '@skerry/shared/metamodel/walk';
import { documentScope } from '@skerry/shared/refactoring/document-scope';
import { mentionsInText } from '@skerry/shared/refactoring/names-in-text';
import { openProject } from '@skerry/studio/host/project/open-project';
import { expect, it } from 'vitest';

const { model } = await openProject(new URL('../../../fixtures/apps/field-inspections', import.meta.url).pathname);
const OF_EVERY_OBJECT = /\/(?:createdDate|changedDate)$/;
const typeOf = (entities: readonly string[], enumeration?: string): Type =>
  entities[0]
    ? { kind: 'Object', entity: entities[0] }
    : enumeration
      ? { kind: 'Enumeration', enumeration }
      : { kind: 'Unknown' };

it('names found for renaming are those that the constraint checker resolves, wherever it understands the whole', () => {
  let compared = 0;
  for (const document of model.documents.values()) {
    const scope = documentScope(model, document);
    for (const slot of walkDocument(document.path, document.source).slots) {
      if (slot.language !== 'constraint' || slot.text === '') continue;
      const names = scope.at(slot.context);
      const variables = new Map(
        [...names.variables].map(([name, type]) => [name, typeOf(type.entities, type.enumeration)]),
      );
      if (names.current.entities[0]) variables.set('currentObject', typeOf(names.current.entities));
      const checked = checkConstraint(parseConstraint(slot.text).tree, {
        view: domainView(model),
        entity: names.members.entities[0] ?? '',
        variables,
      });
      if (checked.diagnostics.length > 0) continue;
      const expected = checked.references
        .filter(({ kind, name }) => kind !== 'variable' && kind !== 'function' && !OF_EVERY_OBJECT.test(name))
        .map(({ kind, name }) => `${kind} ${name}`);
      const found = mentionsInText('constraint', slot.text, names)
        .filter(({ kind }) => kind !== 'module' && kind !== 'enumeration')
        .map(({ kind, name }) => `${kind} ${name}`);
      expect([slot.text, ...found.sort()]).toEqual([slot.text, ...expected.sort()]);
      compared++;
    }
  }
  expect(compared).toBeGreaterThan(30);
});
