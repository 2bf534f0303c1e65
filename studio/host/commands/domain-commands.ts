import type { Json, JsonObject } from '@skerry/shared/base/json';
import { ok } from '@skerry/shared/base/result';
import { isObject } from '@skerry/shared/metamodel/canonical';
import { domainView } from '@skerry/shared/metamodel/domain-view';
import { newElementId } from '@skerry/shared/metamodel/ids';
import { demoRowsPath, documentPath } from '@skerry/shared/metamodel/paths';
import type { CommandArguments } from '@skerry/studio/bridge/commands/index';
import { type Command, type CommandContext, refuse } from './command.ts';
import { createdAt, mustBeFreePath, newContent } from './create-document.ts';
import { Draft } from './draft.ts';
import { insertElement } from './insert-element.ts';
import { setBoxes } from './layout-commands.ts';
import { documentNames, freeName, memberNames, mustBeFree, namesBeside } from './names.ts';
import { elementPath, isList, listAt, valueAt, withValueAt } from './place.ts';
import { withoutElements } from './remove-parts.ts';
import { requalify } from './requalify.ts';
import type { TextOperation } from './text-operation.ts';

/** entity.create */
export const createEntity: Command<CommandArguments<'entity.create'>> = (
  context,
  { module, name, generalization, at },
) => {
  const draft = new Draft(context);
  draft.read(`modules/${module}/module.json`);
  const taken = documentNames(context.model, 'entity', module);
  if (name !== undefined) mustBeFree('entity', name, taken, '');
  const called = name ?? freeName('Entity', taken);
  if (generalization !== undefined) entityPath(context, generalization);
  const path = documentPath({ kind: 'entity', module, folders: [], name: called });
  mustBeFreePath(draft, path);
  const given = generalization === undefined ? {} : { generalization };
  const content = newContent(context, 'entity', called, { ...given, attributes: [] });
  draft.write(path, content);
  if (at) setBoxes(draft, `modules/${module}/domain.json`, { [String(content.id)]: { ...at } });
  return ok(draft.plan(`Add entity ${called}`, { created: [createdAt(draft, path)] }));
};

/** attribute.create */
export const createAttribute: Command<CommandArguments<'attribute.create'>> = (
  context,
  { entity, name, type, after },
) =>
  insertElement(context, {
    document: entity,
    list: ['attributes'],
    value: { ...(name === undefined ? {} : { name }), type: type ?? { kind: 'String' } },
    ...(after === undefined ? {} : { after }),
  });

/** association.create */
export const createAssociation: Command<CommandArguments<'association.create'>> = (context, args) => {
  const { from, to, type, owner } = args;
  const document = entityPath(context, from);
  entityPath(context, to);
  const draft = new Draft(context);
  const content = draft.read(document);
  const taken = namesBeside(context.model, document, content, 'association');
  if (args.name !== undefined) mustBeFree('association', args.name, taken, document);
  const name = args.name ?? freeName(`${simple(from)}_${simple(to)}`, taken);
  const id = newElementId(context.random);
  const association = { id, name, to, ...(type ? { type } : {}), ...(owner ? { owner } : {}) };
  const list = listAt(document, content, ['associations']);
  draft.write(document, withValueAt(content, ['associations'], [...list, association]));
  return ok(draft.plan(`Connect ${simple(from)} to ${simple(to)}`, { created: [{ document, element: id }] }));
};

/**
 * association.reverse. The association keeps its id and its name; one that comes to belong to another module takes its
 * references along. Demo rows lose the links, which stand in the file of the owner.
 */
export const reverseAssociation: Command<CommandArguments<'association.reverse'>> = (
  context,
  { document, element },
) => {
  const { model } = context;
  const draft = new Draft(context);
  const content = draft.read(document);
  const path = elementPath(document, content, element);
  const association = valueAt(content, path);
  const owner = model.documents.get(document);
  if (path[0] !== 'associations' || !isObject(association) || !owner) {
    refuse('command/no-such-element', `${element} is no association.`, { document, element });
  }
  const name = String(association.name);
  const other = entityPath(context, String(association.to));
  // An entity associated with itself has two ends alike: nothing to turn but the way it cascades.
  const target = model.documents.get(other);
  if (!target) refuse('command/no-such-entity', `There is no entity ${String(association.to)}.`, { document, element });
  draft.read(other);
  const toModule = target.module;
  if (other !== document) {
    const members = memberNames(model, other);
    if (members.has(name.toLowerCase())) mustBeFree('association', name, members, other);
  }
  if (toModule !== owner.module) {
    mustBeFree('association', name, documentNames(model, 'association', toModule), other);
    const moved = { kind: 'association' as const, name: `${owner.module}.${name}`, toModule, toName: name };
    for (const [at, after] of requalify(model, [moved])) draft.write(at, after);
  }
  const turned = turnRound(valueAt(draft.read(document), path) as JsonObject, owner.qualifiedName);
  draft.write(document, withoutElements(draft.read(document), new Set([element])));
  const after = draft.read(other);
  const list = valueAt(after, ['associations']);
  draft.write(other, withValueAt(after, ['associations'], [...(isList(list) ? list : []), turned] as Json));
  const heads = [owner.qualifiedName, ...domainView(model).specialisations(owner.qualifiedName)].flatMap((entity) =>
    [name, `${owner.module}.${name}`].map(
      (column): TextOperation => ({ kind: 'removeColumn', path: demoRowsPath(entity), column }),
    ),
  );
  const created = [{ document: other, element }];
  return ok(draft.plan(`Turn ${name} round`, { texts: heads, created }));
};

function turnRound(association: JsonObject, to: string): JsonObject {
  const { deleteBehavior } = association;
  if (!isObject(deleteBehavior)) return { ...association, to };
  const { from: atFrom, to: atTo, ...rest } = deleteBehavior;
  const swapped = {
    ...(atTo === undefined ? {} : { from: atTo }),
    ...(atFrom === undefined ? {} : { to: atFrom }),
    ...rest,
  };
  return { ...association, to, deleteBehavior: swapped };
}

function entityPath({ model }: CommandContext, name: string): string {
  return model.find('entity', name)?.path ?? refuse('command/no-such-entity', `There is no entity ${name}.`);
}

function simple(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}
