import { stripTypeScriptTypes } from 'node:module';
import type { Diagnostic } from '@skerry/shared/base/diagnostic';
import { sha256Hex } from '@skerry/shared/base/hash';
import { derivedElementId, type ElementId, type ObjectId, objectIdFrom } from '@skerry/shared/base/ids';
import type { Json } from '@skerry/shared/base/json';
import { buildBundle } from '@skerry/shared/bundle/build';
import { manifestText } from '@skerry/shared/bundle/verify';
import type { Session } from '@skerry/shared/expression/session';
import type { DataType, Parameter } from '@skerry/shared/metamodel/data-type';
import { type DomainView, domainView } from '@skerry/shared/metamodel/domain-view';
import type { Documents, Model } from '@skerry/shared/metamodel/model';
import { PROTOCOL_VERSION } from '@skerry/shared/protocol/version';
import { type Analysis, analyze } from '@skerry/shared/scope/analyze';
import { anonymousSession } from '@skerry/shared/scope/demo-objects';
import type { LiveArgument, LiveContent } from '@skerry/studio/bridge/live-content';
import type { DemoRows } from '../analysis/demo-rows.ts';
import { devicePlan } from '../publish/device-plan.ts';
import { liveModel, profileFor, rolesOf, shownDocument } from './live-model.ts';
import { sampleRows } from './sample-rows.ts';

const MINIMUM_RUNTIME = '0.1.0';
const MOST_IN_A_LIST = 10;

/** One revision as the analyst knows it. */
export interface LiveSurroundings {
  readonly revision: number;
  readonly documents: Documents;
  readonly model: Model;
  readonly demo: DemoRows;
  /** Of the offline profiles, by name. */
  readonly analyses: readonly Analysis[];
  /** What is wrong with a document. */
  readonly problemsOf: (path: string) => readonly Diagnostic[];
}

export interface LiveQuestion {
  readonly document: string;
  readonly role?: string | undefined;
  /** Texts of JavaScript actions, in TypeScript, by qualified name. */
  readonly actionSources: ReadonlyMap<string, string>;
}

export interface LiveAnswer {
  readonly revision: number;
  readonly content: LiveContent | null;
  readonly reason?: string;
}

/** A page as it would run on a device of a role, or why it cannot. */
export function livePage(question: LiveQuestion, around: LiveSurroundings): LiveAnswer {
  const { revision, documents, model, demo } = around;
  const nothing = (reason: string): LiveAnswer => ({ revision, content: null, reason });
  const shown = shownDocument(model, question.document);
  if (!shown) return nothing('This document cannot be read. Repair its text first.');
  const profile = profileFor(shown, around.analyses);
  if (!profile) return nothing('Pages run on devices. Add an offline navigation profile to see this one live.');
  const [error] = around.problemsOf(shown.path).filter(({ severity }) => severity === 'error');
  if (error) return nothing(error.message);
  const live = liveModel(documents, shown, profile, `1.0.${revision}`);
  if (!live) return nothing('The page cannot be shown on its own.');
  const roles = rolesOf(live.model, live.page);
  const role = question.role ?? roles[0];
  if (role === undefined) return nothing('No user role may open this page. Allow a module role in its properties.');
  if (!roles.includes(role)) return nothing(`${role} may not open this page.`);
  const { plan } = analyze(live.model, live.profile);
  const relational = devicePlan(live.model, plan);
  const built = buildBundle({
    model: live.model,
    profile: live.profile.qualifiedName,
    scope: plan,
    relational,
    actions: new Map([...question.actionSources].map(([name, source]) => [name, stripTypeScriptTypes(source)])),
    // No service compares it.
    modelHash: sha256Hex(new Uint8Array()),
    protocolVersion: PROTOCOL_VERSION,
    minimumRuntime: MINIMUM_RUNTIME,
  });
  if (!built.ok) return nothing(built.error[0]?.message ?? 'The page cannot be built.');
  const view = domainView(live.model);
  const person = personOf(role, live.model, view, demo);
  const { held, ...sample } = sampleRows(plan, relational, {
    objects: demo.objects,
    view,
    session: person.session,
    settings: demo.settings,
  });
  const argumentsOf = live.page.content.parameters.map((parameter): [string, LiveArgument] => [
    parameter.name,
    argumentFor(parameter, view, (entity) => [...held].flatMap(([name, all]) => (view.isA(name, entity) ? all : []))),
  ]);
  const { manifest, parts } = built.value;
  const content: LiveContent = {
    page: live.page.qualifiedName,
    arguments: Object.fromEntries(argumentsOf),
    profile: live.profile.qualifiedName,
    role,
    roles,
    manifest: manifestText(manifest),
    parts: [...parts.values()].map((bytes) => [sha256Hex(bytes), Buffer.from(bytes).toString('base64')]),
    user: person.user,
    ...sample,
  };
  return { revision, content };
}

/** The role's first demo user, with that role alone; somebody without a name where there is none. */
function personOf(
  name: string,
  model: Model,
  view: DomainView,
  demo: DemoRows,
): { readonly session: Session; readonly user: LiveContent['user'] } {
  const role = model.security.userRoles.find((one) => one.name === name);
  const roles = role ? [{ id: role.id as ElementId, name }] : [];
  const session = demo.representative(name)?.session ?? {
    ...anonymousSession(view, demo.settings.now),
    user: objectIdFrom(1, new Uint8Array(10)),
    roles: roles.map(({ id }) => id),
  };
  const known = model.security.demoUsers.find((one) => one.userRoles.includes(name));
  const id = session.user ?? objectIdFrom(1, new Uint8Array(10));
  const entityId = (view.entity(session.userEntity)?.id ?? derivedElementId('System.User')) as ElementId;
  return { session: { ...session, user: id }, user: { id, entityId, name: known?.name ?? name, roles } };
}

type Held = (entity: string) => readonly { readonly id: ObjectId; readonly entity: string; readonly cells: object }[];

function argumentFor({ type }: Parameter, view: DomainView, held: Held): LiveArgument {
  if (type.kind === 'Object') {
    const [fullest] = [...held(type.entity)].sort((a, b) => filled(b.cells) - filled(a.cells));
    return fullest ? { kind: 'object', entity: fullest.entity, id: fullest.id } : { kind: 'new', entity: type.entity };
  }
  if (type.kind === 'List') {
    return {
      kind: 'list',
      entity: type.entity,
      ids: held(type.entity)
        .slice(0, MOST_IN_A_LIST)
        .map(({ id }) => id),
    };
  }
  return { kind: 'cell', value: plainValue(type, view) };
}

/** The more an object has, the more a page has to show. */
function filled(cells: object): number {
  return Object.values(cells).filter((cell) => cell !== null && cell !== '').length;
}

function plainValue(type: DataType, view: DomainView): Extract<Json, string | number | boolean | null> {
  switch (type.kind) {
    case 'Boolean':
      return true;
    case 'Integer':
      return 1;
    case 'Long':
    case 'Decimal':
      return '1';
    case 'String':
      return 'Text';
    case 'Enumeration':
      return view.model.find('enumeration', type.enumeration)?.content.values[0]?.id ?? null;
    default:
      return null;
  }
}
