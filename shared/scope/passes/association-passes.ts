import { chainTo } from '../explain.ts';
import { holdsRows } from '../scoped-entity.ts';
import { entityLocation, type Finding, type Pass, type PassContext, setModeFix, settingLocation } from './pass.ts';

/** Fields whose texts become queries of stored objects. */
const QUERIES = new Set(['constraint', 'source/constraint', 'sort', 'search']);

/** SC7: a step between what stands on the device and what only the service has. */
export const associationOnline: Pass = {
  rule: {
    code: 'scope/association-online',
    severity: 'error',
    meaning:
      'Something on the device goes over an association of which only one end is on the device, because the other is online.',
    remedy: 'Give both ends a mode that keeps rows, or make both online.',
  },
  *find(context) {
    for (const { at, entity, far, fact } of context.reach.links) {
      const online = onlineEnd(context, entity, far);
      if (!online) continue;
      const other = online === entity ? far : entity;
      yield {
        location: { at, place: fact.place },
        message: `This goes over ${fact.association}, but ${online} is online and has no rows on the device while ${other} has. Set ${online} to "all", or leave out the path.`,
        fixes: [setModeFix(context.profile.qualifiedName, online, 'all')],
      };
    }
  },
};

function onlineEnd({ scoped, view }: PassContext, near: string, far: string): string | undefined {
  const modes = [near, far].map((name) => ({ name, mode: scoped.get(name)?.mode }));
  const online = modes.filter(({ mode }) => mode === 'online');
  const stored = modes.filter(({ name, mode }) => mode !== 'online' && holdsRows(name, scoped, view));
  return online.length === 1 && stored.length === 1 ? online[0]?.name : undefined;
}

/** SC7: stored objects cannot be found by way of objects that are never stored. */
export const queryThroughTransient: Pass = {
  rule: {
    code: 'scope/query-through-non-persistable',
    severity: 'error',
    meaning: 'A constraint, sort or search of stored objects passes through a non-persistable entity.',
    remedy: 'Make the entity persistable, or filter the objects in a nanoflow.',
  },
  *find({ reach, view }) {
    for (const { at, entity, far, fact } of reach.links) {
      if (!QUERIES.has(fact.place.field ?? '') || !view.persistable(entity) || view.persistable(far)) continue;
      yield {
        location: { at, place: fact.place },
        message: `${fact.association} leads to ${far}, whose objects are never stored: no ${entity} can be found that way. Make ${far} persistable, or filter in a nanoflow.`,
      };
    }
  },
};

/** SC3 and SC4: a database source of what no database holds. */
export const sourceNotPersistable: Pass = {
  rule: {
    code: 'scope/source-non-persistable',
    severity: 'error',
    meaning: 'A database source or retrieve names a non-persistable entity, of which no objects are stored.',
    remedy: 'Get the objects from a nanoflow, or make the entity persistable.',
  },
  *find({ reach, view }) {
    for (const { entity, sites } of reach.entities.values()) {
      if (view.persistable(entity) || !view.entity(entity)) continue;
      for (const { at, fact } of sites) {
        if (fact.constraint === undefined) continue;
        yield {
          location: { at, place: fact.place },
          message: `${entity} is not persistable, so there is nothing to retrieve. Get its objects from a nanoflow, or make it persistable.`,
        };
      }
    }
  },
};

/** SC7: a link that cannot be followed on the device. */
export const associationOutOfScope: Pass = {
  rule: {
    code: 'scope/association-out-of-scope',
    severity: 'information',
    meaning: 'An entity on the device owns an association whose other end is not there; its links stay behind.',
    remedy:
      'Nothing, unless pages or flows should follow it: then show or retrieve the other end, or add it to the profile.',
  },
  *find(context) {
    const { view, scoped } = context;
    for (const { entity, mode } of scoped.values()) {
      if (mode === 'online') continue;
      for (const end of view.owned(entity)) {
        if (
          end.system ||
          end.qualifiedName.startsWith('System.') ||
          holdsRows(end.to, scoped, view) ||
          !view.persistable(end.to) ||
          !ownOrFirst(context, entity, end.from)
        )
          continue;
        yield {
          location: entityLocation(context, end.from),
          message: `${end.qualifiedName} of ${entity} leads to ${end.to}, which is not on devices of ${context.profile.qualifiedName}: the device keeps no such links. Add ${end.to} to the profile if it should.`,
          fixes: [
            {
              title: `Add ${end.to} to the profile`,
              command: 'profile.addEntity',
              arguments: { profile: context.profile.qualifiedName, entity: end.to },
            },
          ],
        };
      }
    }
  },
};

/** Reported once, at the entity that declares the association, not again at each specialisation in scope. */
function ownOrFirst({ scoped }: PassContext, entity: string, declaredBy: string): boolean {
  return entity === declaredBy || !scoped.has(declaredBy);
}

/** What a "never" entity's objects refer to would be missing whenever the device is set up anew. */
export const neverRelated: Pass = {
  rule: {
    code: 'scope/never-related',
    severity: 'warning',
    meaning: 'An entity that is never synchronised is associated with one that is: the links exist on one device only.',
    remedy: 'Set both to "never", or choose "kept" for the first.',
  },
  *find(context): Generator<Finding> {
    const { view, scoped } = context;
    for (const { entity, mode } of scoped.values()) {
      if (mode !== 'never') continue;
      for (const end of view.ends(entity)) {
        const other = scoped.get(end.far);
        if (!other || other.mode === 'never' || other.mode === 'online') continue;
        yield {
          location: settingLocation(context, entity),
          message: `${entity} is never synchronised, but ${end.qualifiedName} ties it to ${end.far}, which is. Set both to "never", or ${entity} to "kept".`,
          fixes: [setModeFix(context.profile.qualifiedName, entity, 'kept')],
        };
      }
    }
  },
};

/** SC2: what a microflow hands over needs a table to go to. */
export const handedOverOutOfScope: Pass = {
  rule: {
    code: 'scope/handed-over-out-of-scope',
    severity: 'error',
    meaning: 'A microflow that the device calls hands over objects of an entity that is not on the device.',
    remedy: 'Add the entity to the profile with the mode "kept".',
  },
  *find(context) {
    for (const { at, entity, fact } of context.reach.objects) {
      if (fact.operation !== 'handOver' || at.kind !== 'microflow' || holdsRows(entity, context.scoped, context.view))
        continue;
      yield {
        location: { at, place: fact.place },
        message: `This hands ${entity} to the device, where it has no place (${chainTo(at).join(' › ')}). Add ${entity} to ${context.profile.qualifiedName} with the mode "kept".`,
        fixes: [
          {
            title: `Add ${entity} to the profile`,
            command: 'profile.addEntity',
            arguments: { profile: context.profile.qualifiedName, entity, mode: 'kept' },
          },
        ],
      };
    }
  },
};
