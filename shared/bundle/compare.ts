import { canonicalJson, type Json, type JsonObject } from '../base/json.ts';
import type { Model } from '../metamodel/model.ts';
import { byId, nameChange } from './by-id.ts';
import { compareEntities } from './compare-entity.ts';
import { type Difference, type Finding, findingOf } from './finding.ts';

/**
 * What publishing `next` after `previous` means for data and work in the field (design 7.2). Elements are the same
 * when their ids are, so renaming is free. Decisions come from next's evolution/<its version>.json.
 */
export function compareModels(previous: Model, next: Model): readonly Finding[] {
  const evolution = [...next.all('evolution').values()].find(({ content }) => content.version === next.app.version);
  const decisions = evolution?.content.decisions ?? [];
  return [
    ...compareEntities(previous, next),
    ...compareEnumerations(previous, next),
    ...compareMicroflows(previous, next),
    ...compareProfiles(previous, next),
  ].map((difference) => findingOf(difference, decisions));
}

function compareEnumerations(previous: Model, next: Model): readonly Difference[] {
  const after = byId(next, 'enumeration');
  return [...byId(previous, 'enumeration').values()].flatMap(
    ({ content: old, qualifiedName }): readonly Difference[] => {
      const now = after.get(old.id);
      if (!now) return [{ change: 'enumeration-removed', element: old.id, name: qualifiedName }];
      const values = new Map(now.content.values.map((value) => [value.id, value]));
      const known = new Set<string>(old.values.map(({ id }) => id));
      return [
        ...nameChange(old.id, qualifiedName, now.qualifiedName),
        ...old.values.flatMap((value): readonly Difference[] => {
          const kept = values.get(value.id);
          const name = `${qualifiedName}.${value.name}`;
          // The decision stands at the enumeration or at the value; mapValues names values, so it stands at the enumeration.
          return kept
            ? nameChange(value.id, name, `${now.qualifiedName}.${kept.name}`).filter(() => kept.name !== value.name)
            : [{ change: 'value-removed', element: old.id, name }];
        }),
        ...now.content.values
          .filter(({ id }) => !known.has(id))
          .map(
            (value): Difference => ({
              change: 'value-added',
              element: value.id,
              name: `${now.qualifiedName}.${value.name}`,
            }),
          ),
      ];
    },
  );
}

function compareMicroflows(previous: Model, next: Model): readonly Difference[] {
  const after = byId(next, 'microflow');
  return [...byId(previous, 'microflow').values()].flatMap(({ content: old, qualifiedName }): readonly Difference[] => {
    const now = after.get(old.id);
    if (!now) return [{ change: 'microflow-removed', element: old.id, name: qualifiedName }];
    const signature = (flow: typeof old) =>
      canonicalJson({ parameters: flow.parameters as unknown as Json, returnType: flow.returnType as unknown as Json });
    if (signature(old) === signature(now.content)) return [];
    return [{ change: 'signature-changed', element: old.id, name: now.qualifiedName }];
  });
}

/** Modes and constraints by entity, and what is added by hand. */
function compareProfiles(previous: Model, next: Model): readonly Difference[] {
  const after = byId(next, 'navigationProfile');
  return [...byId(previous, 'navigationProfile').values()].flatMap(({ content: old }): readonly Difference[] => {
    const now = after.get(old.id);
    if (!now) return [];
    const before = settings(previous, old.synchronization.entities as unknown as JsonObject);
    const present = settings(next, now.content.synchronization.entities as unknown as JsonObject);
    const changed = [...new Set([...before.keys(), ...present.keys()])].filter(
      (id) => before.get(id)?.text !== present.get(id)?.text,
    );
    return changed.map((id): Difference => {
      const from = before.get(id);
      const to = present.get(id);
      const name = `${now.content.name}: ${to?.name ?? from?.name ?? id}`;
      return {
        change: 'scope-changed',
        element: old.id,
        name,
        ...(from ? { from: from.text } : {}),
        ...(to ? { to: to.text } : {}),
      };
    });
  });
}

/** Settings by the entity's id, so that renaming an entity changes none. */
function settings(
  model: Model,
  entities: JsonObject,
): ReadonlyMap<string, { readonly name: string; readonly text: string }> {
  return new Map(
    Object.entries(entities).map(([name, setting]) => [
      model.find('entity', name)?.content.id ?? name,
      { name, text: canonicalJson(setting) },
    ]),
  );
}
