import { compareCodePoints } from '@skerry/shared/base/json';
import type { BundleContent } from '@skerry/shared/bundle/content';
import { domainView } from '@skerry/shared/metamodel/domain-view';
import { type DigestedObject, objectDigest } from '@skerry/shared/sync/digest';
import type { RemoteDevice } from './device-process.ts';
import { deviceRows, type HeldEntity } from './device-rows.ts';
import { type ServiceView, serviceView } from './service-view.ts';
import { readable } from './values.ts';

/** A device to be compared, wherever it runs. */
export interface ComparedDevice {
  readonly name: string;
  readonly device: Pick<RemoteDevice, 'inspect' | 'session' | 'status'>;
  /** Who is signed in; null: nobody. */
  readonly credentials: { readonly name: string; readonly password: string } | null;
  bundle(): Promise<BundleContent>;
}

/** A member that differs, as people read it; null: withheld. */
export interface MemberDifference {
  readonly member: string;
  readonly device: string | null;
  readonly service: string | null;
}

/** An object on which a device and the service do not agree. */
export interface Difference {
  readonly kind: 'missingOnDevice' | 'outOfScope' | 'differs';
  readonly entity: string;
  readonly object: string;
  /** What people call it. */
  readonly name: string;
  /** Empty unless it differs. */
  readonly members: readonly MemberDifference[];
}

export interface Agreement {
  readonly device: string;
  /** Objects on the device by entity; entities without any are left out. */
  readonly objects: { readonly [entity: string]: number };
  readonly differences: readonly Difference[];
}

/** Compares a device's tables with its user's scope on the service, object by object. */
export async function compareWithService(
  actor: ComparedDevice,
  profile: string,
  serviceUrl: string,
): Promise<Agreement> {
  const { device, credentials } = actor;
  const bundle = await actor.bundle();
  const held = await deviceRows(device, bundle);
  const objects = Object.fromEntries(
    [...held]
      .flatMap(([id, { objects }]) => (objects.size > 0 ? [[nameOf(bundle, id), objects.size] as const] : []))
      .sort(([a], [b]) => compareCodePoints(a, b)),
  );
  // Nobody has signed in: nobody's scope, and nothing may be there.
  const view = credentials && (await viewOf(actor, bundle, profile, serviceUrl, credentials));
  const { entities } = view ? await view.digest() : { entities: [] };
  const inScope = new Map(
    entities.map(({ entityId, objects }) => [entityId as string, new Map<string, string>(objects)]),
  );
  const found: { entityId: string; id: string; kind: Difference['kind'] }[] = [];
  for (const entityId of new Set([...held.keys(), ...inScope.keys()])) {
    const here = held.get(entityId);
    const there = inScope.get(entityId) ?? new Map<string, string>();
    for (const [id, object] of here?.objects ?? []) {
      const digest = there.get(id);
      if (digest === undefined) found.push({ entityId, id, kind: 'outOfScope' });
      else if (here && objectDigest(object, here) !== digest) found.push({ entityId, id, kind: 'differs' });
    }
    for (const id of there.keys()) if (!here?.objects.has(id)) found.push({ entityId, id, kind: 'missingOnDevice' });
  }
  // Only who disagrees pays for the whole scope.
  const whole =
    view && found.length > 0 ? await view.objects() : new Map<string, ReadonlyMap<string, DigestedObject>>();
  const differences = found.map(({ entityId, id, kind }): Difference => {
    const entity = held.get(entityId);
    const mine = entity?.objects.get(id);
    const theirs = whole.get(entityId)?.get(id);
    const known = mine ?? theirs;
    return {
      kind,
      entity: nameOf(bundle, entityId),
      object: id,
      name: known ? calledName(bundle, entityId, known) : id,
      members:
        kind === 'differs' && entity && mine && theirs ? differingMembers(bundle, entityId, entity, mine, theirs) : [],
    };
  });
  return { device: actor.name, objects, differences };
}

async function viewOf(
  { device }: ComparedDevice,
  { manifest }: BundleContent,
  profile: string,
  serviceUrl: string,
  credentials: { readonly name: string; readonly password: string },
): Promise<ServiceView> {
  const { deviceId } = await device.status();
  const { zone, locale, firstDayOfWeek } = await device.session();
  const { version, planHash } = manifest;
  return serviceView(serviceUrl, {
    ...credentials,
    deviceId,
    profile,
    bundleVersion: version,
    planHash,
    zone,
    locale,
    firstDayOfWeek,
  });
}

function differingMembers(
  { model }: BundleContent,
  entityId: string,
  entity: HeldEntity,
  mine: DigestedObject,
  theirs: DigestedObject,
): MemberDifference[] {
  const found: MemberDifference[] = [];
  const view = domainView(model);
  const entityName = view.byId(entityId)?.qualifiedName ?? entityId;
  const names = memberNames(view, entityName);
  const shown = (object: DigestedObject, member: string): string | null => {
    if (!object.rights.read.includes(member)) return null;
    const set = entity.sets.includes(member);
    return readable(
      model,
      entityName,
      names.get(member) ?? member,
      set ? object.links[member]?.toSorted() : object.cells[member],
    );
  };
  for (const member of [...entity.columns, ...entity.sets]) {
    const [device, service] = [shown(mine, member), shown(theirs, member)];
    if (device !== service) found.push({ member: names.get(member) ?? member, device, service });
  }
  if (mine.rev !== theirs.rev)
    found.push({ member: '(revision)', device: String(mine.rev), service: String(theirs.rev) });
  const rights = ({ rights: { write, delete: isDeletable } }: DigestedObject) =>
    [...write.map((member) => names.get(member) ?? member).sort(), ...(isDeletable ? ['(delete)'] : [])].join(' ');
  if (rights(mine) !== rights(theirs))
    found.push({ member: '(rights to write)', device: rights(mine), service: rights(theirs) });
  return found;
}

function memberNames(view: ReturnType<typeof domainView>, entity: string): ReadonlyMap<string, string> {
  return new Map([
    ...[...view.attributes(entity)].map(([name, { id }]): [string, string] => [id, name]),
    ...view.owned(entity).map(({ id, qualifiedName }): [string, string] => [id, qualifiedName]),
  ]);
}

const CALLED = ['Name', 'Title', 'FullName', 'Code', 'Number', 'Caption'];

/** Its name or title, or its first text; the id when it has none. */
function calledName({ model }: BundleContent, entityId: string, object: DigestedObject): string {
  const view = domainView(model);
  const attributes = [...view.attributes(view.byId(entityId)?.qualifiedName ?? '').values()];
  const texts = attributes.filter(({ type }) => type.kind === 'String');
  const preferred = CALLED.flatMap((name) => attributes.filter((attribute) => attribute.name === name));
  for (const { id } of [...preferred, ...texts]) {
    const cell = object.cells[id];
    if (cell !== null && cell !== undefined && cell !== '') return String(cell);
  }
  return '';
}

function nameOf({ model }: BundleContent, entityId: string): string {
  return domainView(model).byId(entityId)?.qualifiedName ?? entityId;
}
