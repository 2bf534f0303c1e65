import { isWider } from '../modes.ts';
import { entityLocation, type Pass, setModeFix, settingLocation } from './pass.ts';

/** SC5 */
export const widerThanGeneralization: Pass = {
  rule: {
    code: 'scope/wider-than-generalization',
    severity: 'error',
    meaning:
      'A specialisation downloads more than its generalization does, so lists of the generalization would differ from what is there.',
    remedy: 'Give the specialisation the mode of its generalization or a narrower one.',
  },
  *find(context) {
    const { view, scoped } = context;
    for (const { entity, mode, configured } of scoped.values()) {
      const above = view
        .lineage(entity)
        .slice(1)
        .map((name) => scoped.get(name))
        .find((one) => one !== undefined);
      if (!configured || !above || !isWider(mode, above.mode)) continue;
      yield {
        location: settingLocation(context, entity),
        message: `${entity} is "${mode}" while its generalization ${above.entity} is "${above.mode}". Narrow ${entity}, or widen ${above.entity}.`,
        fixes: [setModeFix(context.profile.qualifiedName, entity, above.mode)],
      };
    }
  },
};

export const constrainedWithoutConstraint: Pass = {
  rule: {
    code: 'scope/constrained-without-constraint',
    severity: 'error',
    meaning: 'An entity has the mode "constrained" and no constraint.',
    remedy: 'Write the constraint, or choose "all".',
  },
  *find(context) {
    for (const [entity, setting] of Object.entries(context.profile.content.synchronization.entities)) {
      if (setting.mode !== 'constrained' || (setting.constraint ?? '').trim() !== '') continue;
      yield {
        location: settingLocation(context, entity),
        message: `${entity} is synchronised by constraint, but there is none. Write one, or choose "all".`,
        fixes: [setModeFix(context.profile.qualifiedName, entity, 'all')],
      };
    }
  },
};

export const settingWithoutEffect: Pass = {
  rule: {
    code: 'scope/setting-without-effect',
    severity: 'information',
    meaning: 'The profile sets a mode for an entity that nothing it reaches uses.',
    remedy: 'Remove the setting, or add the entity to the profile by hand.',
  },
  *find(context) {
    for (const entity of Object.keys(context.profile.content.synchronization.entities)) {
      if (context.scoped.has(entity) || !context.view.entity(entity)) continue;
      yield {
        location: settingLocation(context, entity),
        message: `Nothing that ${context.profile.qualifiedName} reaches uses ${entity}, so its mode has no effect. Remove it, or add ${entity} by hand.`,
      };
    }
  },
};

/** A file's body comes by its row, so a file that never syncs could never be opened elsewhere nor kept safe. */
export const fileNever: Pass = {
  rule: {
    code: 'scope/file-never',
    severity: 'error',
    meaning: 'A file or picture entity is never synchronised.',
    remedy: 'Choose "uploadOnly" if the files need not stay on the device.',
  },
  *find(context) {
    for (const { entity, mode } of context.scoped.values()) {
      if (mode !== 'never' || !context.view.isA(entity, 'System.FileDocument')) continue;
      yield {
        location: settingLocation(context, entity),
        message: `${entity} holds files, which would stay on one device only. Choose "uploadOnly" if they need not stay there.`,
        fixes: [setModeFix(context.profile.qualifiedName, entity, 'uploadOnly')],
      };
    }
  },
};

/** Work that goes up and leaves the device while a list shows the entity: the list is empty most of the time. */
export const uploadOnlyShown: Pass = {
  rule: {
    code: 'scope/upload-only-shown',
    severity: 'warning',
    meaning: 'An entity is "uploadOnly", so its objects leave the device once uploaded, yet something retrieves it.',
    remedy: 'Choose "kept" or "all", unless only unsent work should be listed.',
  },
  *find(context) {
    for (const { entity, mode, use } of context.scoped.values()) {
      const shown = use.sites.find((site) => site.fact.how === 'source' && !site.inherited);
      if (mode !== 'uploadOnly' || !shown) continue;
      yield {
        location: { at: shown.at, place: shown.fact.place },
        message: `${entity} is "uploadOnly" in ${context.profile.qualifiedName}: its objects leave the device once uploaded, so this finds only unsent ones. Choose "kept" or "all" if that is not meant.`,
        fixes: [setModeFix(context.profile.qualifiedName, entity, 'all')],
      };
    }
  },
};

export const noAccessRules: Pass = {
  rule: {
    code: 'scope/no-access-rules',
    severity: 'warning',
    meaning:
      'An entity in scope has no access rule that any user role has, so no device gets or uploads any of its objects.',
    remedy: 'Add an access rule. Rules of a generalization do not count.',
  },
  *find(context) {
    for (const entity of context.plan.entities) {
      if (entity.mode === 'online' || entity.grants.length > 0) continue;
      yield {
        location: entityLocation(context, entity.entity),
        message: `${entity.entity} is used on devices of ${context.profile.qualifiedName} but has no access rule for any user role: nobody gets its objects. Add a rule.`,
      };
    }
  },
};

/** OFF032 of the reference: what a device could hold, a lost device could lose. */
export const readableWithoutConstraint: Pass = {
  rule: {
    code: 'scope/readable-without-constraint',
    severity: 'information',
    meaning: 'A role may read all objects of an entity, and every device of that role downloads them all.',
    remedy: 'Add a constraint to the access rule or to the profile if a user needs only some of them.',
  },
  *find(context) {
    const names = new Map(context.plan.roles.map((role) => [role.id, role.name]));
    for (const entity of context.plan.entities) {
      if (entity.mode !== 'all') continue;
      const open = entity.grants.filter((grant) => grant.constraint === '' && grant.read.length > 0);
      const roles = context.plan.roles.filter((role) => open.some((grant) => grant.userRoles.includes(role.id)));
      if (roles.length === 0) continue;
      const document = context.view.document(entity.entity);
      if (!document || document.module === 'System') continue;
      yield {
        location: { document, element: open[0]?.rule ?? document.content.id },
        message: `Every device of ${roles.map((role) => names.get(role.id)).join(', ')} downloads all objects of ${entity.entity}. Constrain the access rule or the profile if a user needs only some.`,
      };
    }
  },
};
