import type { Cell } from '@skerry/shared/base/cell';
import type { ObjectId } from '@skerry/shared/base/ids';
import { toCell } from '@skerry/shared/expression/convert';
import type { ObjectValue, Value } from '@skerry/shared/expression/value';
import type { Action } from '@skerry/shared/metamodel/action';
import type { Parameter } from '@skerry/shared/metamodel/data-type';
import { domainView } from '@skerry/shared/metamodel/domain-view';
import type { Failure, FlowEffect, FlowOutcome, PlainValue, WriteOutcome } from '../../engine/device-face.ts';
import type { AppContextValue, PageState, Scope } from '../app-context.ts';
import { evaluate } from '../data/evaluation.ts';
import { NotLoaded } from '../data/object-cache.ts';
import { toPlain } from '../data/plain-value.ts';
import { writesObjects } from './saving-flows.ts';

export interface ActionSurroundings {
  readonly app: AppContextValue;
  readonly page: PageState;
  readonly scope: Scope;
}

/** Does what a widget or menu item says. Failures are told to the user; nothing is thrown at the caller. */
export async function perform(action: Action, around: ActionSurroundings): Promise<void> {
  try {
    // What inputs still hold back must be part of what the action sees.
    for (const flush of [...around.page.flushes]) await flush();
    if (usesInput(action, around) && stopsAtUnreadable(around)) return;
    await run(action, around);
  } catch (error) {
    around.app.shell.toast('error', error instanceof Error ? error.message : String(error));
  }
}

/** Whether the action would write without what an input shows but cannot hand over. */
function usesInput(action: Action, { app }: ActionSurroundings): boolean {
  if (action.kind === 'callNanoflow') return writesObjects(app.content.programs, action.nanoflow);
  // What a microflow does is not known here.
  return action.kind === 'save' || action.kind === 'callMicroflow';
}

/** Tells what is wrong with the first input that holds such text, and goes there. */
function stopsAtUnreadable({ app, page }: ActionSurroundings): boolean {
  const [first] = page.unreadable.values();
  if (!first) return false;
  app.shell.toast('error', first.message);
  first.focus();
  return true;
}

async function run(action: Action, around: ActionSurroundings): Promise<void> {
  const { app, page } = around;
  const current = around.scope.variables.get('currentObject') as ObjectValue | null | undefined;
  switch (action.kind) {
    case 'nothing':
      return;
    case 'openPage': {
      const parameters = app.content.model.find('page', action.page)?.content.parameters ?? [];
      app.shell.openPage(action.page, await evaluateArguments(action.arguments, parameters, around));
      return;
    }
    case 'closePage':
      app.shell.leavePage();
      return;
    case 'save': {
      const saved = await save(around, current);
      if (!saved) return;
      if (action.closePage) app.shell.closePage();
      if (action.synchronize) void app.device.synchronize();
      return showAll(saved.effects, around);
    }
    case 'cancel': {
      const edited = new Set(page.edited);
      // An object made for this page goes with it, touched or not.
      if (current && (await settled(around, () => app.cache.get(current.id)))?.isNew) edited.add(current.id);
      await app.device.rollback([...edited]);
      page.forget();
      page.setFeedback([]);
      if (action.closePage) app.shell.closePage();
      return;
    }
    case 'create':
      await create(action, around);
      return;
    case 'delete': {
      if (!current) return;
      const { say } = app;
      if (
        action.confirm &&
        !(await app.shell.confirm({
          title: say('deleteQuestion'),
          note: say('deleteNote'),
          confirm: say('delete'),
          danger: true,
        }))
      )
        return;
      const outcome = await app.device.delete([current.id]);
      if (!outcome.ok) return tellFailure(outcome.error, around);
      page.edited.delete(current.id);
      if (action.closePage) app.shell.closePage();
      return showAll(outcome.effects, around);
    }
    case 'callNanoflow': {
      const parameters = app.content.model.find('nanoflow', action.nanoflow)?.content.parameters ?? [];
      return finishFlow(
        await app.device.callNanoflow(action.nanoflow, await evaluateArguments(action.arguments, parameters, around)),
        around,
      );
    }
    case 'callMicroflow': {
      const parameters = app.content.model.find('microflow', action.microflow)?.content.parameters ?? [];
      return finishFlow(
        await app.device.callMicroflow(action.microflow, await evaluateArguments(action.arguments, parameters, around)),
        around,
      );
    }
    case 'synchronize': {
      const result = await app.device.synchronize();
      if (result.failure) app.shell.toast('warning', result.failure.message);
      else app.shell.toast('information', app.say('lastResult', result.applied, result.downloaded, result.removed));
      return;
    }
    case 'signIn': {
      const outcome = await app.device.signIn(page.signIn.name, page.signIn.password);
      if (!outcome.ok) app.shell.toast('error', outcome.error.message);
      return;
    }
    case 'signOut':
      return app.shell.signOut();
    case 'openUrl':
      return openUrl(await settled(around, () => evaluate(action.url, around.scope.variables, app)));
    case 'opaque':
      app.shell.toast('warning', app.say('unknownWidget', action.type));
  }
}

/** Null when it was refused, which the user has been told. */
async function save(
  { app, page }: ActionSurroundings,
  current: ObjectValue | null | undefined,
): Promise<WriteOutcome | null> {
  const objects = new Set<ObjectId>(page.edited);
  if (current) objects.add(current.id);
  page.setFeedback([]);
  const outcome = await app.device.commit([...objects]);
  if (!outcome.ok) {
    page.setFeedback(outcome.error.members ?? []);
    app.shell.toast('error', outcome.error.message);
    return null;
  }
  page.forget();
  return outcome;
}

async function create(action: Extract<Action, { kind: 'create' }>, around: ActionSurroundings): Promise<void> {
  const { app } = around;
  const made = await app.device.create(action.entity);
  app.cache.put([made]);
  const view = domainView(app.content.model);
  const values: { [member: string]: Cell | readonly ObjectId[] } = {};
  for (const [member, text] of Object.entries(action.changes)) {
    const value = await settled(around, () => evaluate(text, around.scope.variables, app));
    const attribute = view.attributes(action.entity).get(member);
    values[member] = attribute ? toCell(value, attribute.type) : referenceCell(value);
  }
  if (Object.keys(values).length > 0) {
    const changed = await app.device.change(made.id, values);
    if (!changed.ok) return tellFailure(changed.error, around);
    app.cache.put([changed.value]);
  }
  if (!action.page) return;
  const parameter = app.content.model
    .find('page', action.page)
    ?.content.parameters.find(({ type }) => type.kind === 'Object');
  app.shell.openPage(
    action.page,
    parameter ? { [parameter.name]: { kind: 'object', entity: made.entity, id: made.id } } : {},
  );
}

function referenceCell(value: Value): Cell | readonly ObjectId[] {
  if (value === null || typeof value !== 'object' || !('kind' in value)) return null;
  if (value.kind === 'object') return value.id;
  return value.kind === 'list' ? value.items.map(({ id }) => id) : null;
}

/** Arguments may read what is not on screen, so they wait for the cache instead of giving up. */
export async function evaluateArguments(
  texts: { readonly [parameter: string]: string },
  parameters: readonly Parameter[],
  around: ActionSurroundings,
): Promise<{ [parameter: string]: PlainValue }> {
  const args: { [parameter: string]: PlainValue } = {};
  for (const [name, text] of Object.entries(texts)) {
    const type = parameters.find((parameter) => parameter.name === name)?.type;
    if (type)
      args[name] = toPlain(await settled(around, () => evaluate(text, around.scope.variables, around.app)), type);
  }
  return args;
}

/** Computes as soon as everything it reads is loaded. */
export function settled<T>({ app }: { readonly app: Pick<AppContextValue, 'cache'> }, compute: () => T): Promise<T> {
  return new Promise((resolve, reject) => {
    const attempt = (): boolean => {
      try {
        resolve(compute());
        return true;
      } catch (error) {
        if (error instanceof NotLoaded) return false;
        reject(error);
        return true;
      }
    };
    if (attempt()) return;
    const stop = app.cache.subscribe(() => {
      if (attempt()) stop();
    });
  });
}

async function finishFlow({ result, effects }: FlowOutcome, around: ActionSurroundings): Promise<void> {
  await showAll(effects, around);
  if (!result.ok) tellFailure(result.error, around);
}

async function showAll(effects: readonly FlowEffect[] = [], around: ActionSurroundings): Promise<void> {
  around.page.setFeedback(
    effects
      .filter((effect) => effect.kind === 'validationFeedback')
      .map(({ object, member, text }) => ({ object, member, message: text })),
  );
  for (const effect of effects) await show(effect, around);
}

async function show(effect: FlowEffect, { app }: ActionSurroundings): Promise<void> {
  const { shell } = app;
  switch (effect.kind) {
    case 'showPage':
      return shell.openPage(effect.page, effect.arguments);
    case 'showHomePage':
      return shell.openHome();
    case 'closePage':
      return shell.closePage();
    case 'showMessage':
      return effect.blocking ? shell.tell(effect.level, effect.text) : shell.toast(effect.level, effect.text);
    case 'validationFeedback':
      return;
    case 'openUrl':
      return openUrl(effect.url);
    case 'signOut':
      return shell.signOut();
  }
}

function tellFailure(failure: Failure, { app, page }: ActionSurroundings): void {
  if (failure.members) page.setFeedback(failure.members);
  app.shell.toast('error', failure.message);
}

const SAFE_URL = /^(https?|mailto|tel|sms|geo):/i;

function openUrl(url: Value): void {
  if (typeof url !== 'string' || !SAFE_URL.test(url)) return;
  // Only pages open beside the app; a call or a mail in a new tab would leave an empty one behind.
  if (/^http/i.test(url)) window.open(url, '_blank', 'noopener');
  else window.location.assign(url);
}
