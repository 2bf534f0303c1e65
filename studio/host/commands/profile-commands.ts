import type { Json, JsonObject } from '@skerry/shared/base/json';
import { ok } from '@skerry/shared/base/result';
import { isObject } from '@skerry/shared/metamodel/canonical';
import type { CommandArguments } from '@skerry/studio/bridge/commands/index';
import { type Command, type CommandContext, refuse } from './command.ts';
import { Draft } from './draft.ts';
import { isList, valueAt, withValueAt } from './place.ts';

const ENTITIES = ['synchronization', 'entities'];
const ADDITIONAL = ['synchronization', 'additional'];

/** A profile's settings while a command changes them. */
class ProfileDraft {
  readonly draft: Draft;
  readonly path: string;
  readonly #entity: string;

  constructor(context: CommandContext, profile: string, entity: string) {
    this.draft = new Draft(context);
    this.path = `navigation/${profile}.json`;
    this.#entity = entity;
    this.draft.read(this.path);
  }

  get setting(): JsonObject | undefined {
    const value = valueAt(this.draft.read(this.path), [...ENTITIES, this.#entity]);
    return isObject(value) ? value : undefined;
  }

  set setting(value: JsonObject | undefined) {
    const content = this.draft.read(this.path);
    if (value === undefined && this.setting === undefined) return;
    this.draft.write(this.path, withValueAt(content, [...ENTITIES, this.#entity], value));
  }

  get additional(): readonly Json[] {
    const value = valueAt(this.draft.read(this.path), ADDITIONAL);
    return isList(value) ? value : [];
  }

  set additional(value: readonly Json[]) {
    this.draft.write(this.path, withValueAt(this.draft.read(this.path), ADDITIONAL, value));
  }
}

function mustExist(context: CommandContext, entity: string): void {
  if (!context.model.find('entity', entity)) refuse('command/no-such-entity', `There is no entity ${entity}.`);
}

/** profile.setMode */
export const setMode: Command<CommandArguments<'profile.setMode'>> = (context, args) => {
  const { profile, entity, mode } = args;
  mustExist(context, entity);
  const on = new ProfileDraft(context, profile, entity);
  const constraint = args.constraint ?? on.setting?.constraint;
  const narrowed = mode === 'constrained' && constraint !== undefined ? { constraint } : {};
  const { constraint: _, ...rest } = on.setting ?? {};
  on.setting = { ...rest, mode, ...narrowed };
  return ok(on.draft.plan(`Set ${entity} to ${mode} in ${profile}`));
};

/** profile.setConstraint */
export const setConstraint: Command<CommandArguments<'profile.setConstraint'>> = (context, args) => {
  const { profile, entity, constraint, merge } = args;
  mustExist(context, entity);
  const on = new ProfileDraft(context, profile, entity);
  on.setting = { ...on.setting, mode: 'constrained', constraint };
  const label = `Change the constraint of ${entity} in ${profile}`;
  return ok(on.draft.plan(label, merge === undefined ? {} : { merge }));
};

/** profile.reset */
export const resetEntity: Command<CommandArguments<'profile.reset'>> = (context, { profile, entity }) => {
  const on = new ProfileDraft(context, profile, entity);
  on.setting = undefined;
  return ok(on.draft.plan(`Let ${profile} derive the mode of ${entity}`));
};

/** profile.addEntity */
export const addEntity: Command<CommandArguments<'profile.addEntity'>> = (context, { profile, entity, mode }) => {
  mustExist(context, entity);
  const on = new ProfileDraft(context, profile, entity);
  if (!on.additional.includes(entity)) on.additional = [...on.additional, entity];
  if (mode !== undefined) on.setting = { ...on.setting, mode };
  return ok(on.draft.plan(`Add ${entity} to ${profile}`));
};

/** profile.removeEntity */
export const removeEntity: Command<CommandArguments<'profile.removeEntity'>> = (context, { profile, entity }) => {
  const on = new ProfileDraft(context, profile, entity);
  if (on.additional.includes(entity)) on.additional = on.additional.filter((each) => each !== entity);
  on.setting = undefined;
  return ok(on.draft.plan(`Remove ${entity} from ${profile}`));
};
