import { check, rule } from '../check.ts';

const RESERVED = new Set([
  'id',
  'empty',
  'null',
  'true',
  'false',
  'and',
  'or',
  'not',
  'if',
  'then',
  'else',
  'div',
  'mod',
]);

export const reservedName = check({
  rule: rule(
    'entity/reserved-name',
    'error',
    'A member has a name that the languages keep for themselves.',
    'Rename the member.',
  ),
  speed: 'fast',
  kinds: ['entity'],
  *find({ content }) {
    for (const member of [...content.attributes, ...content.associations]) {
      if (RESERVED.has(member.name.toLowerCase())) {
        yield {
          message: `"${member.name}" means something in expressions and constraints. Rename the member.`,
          element: member.id,
        };
      }
    }
  },
});

export const duplicateMember = check({
  rule: rule(
    'entity/duplicate-member',
    'error',
    'Two members of an entity or its generalizations have the same name, upper and lower case aside.',
    'Rename one of them.',
  ),
  speed: 'fast',
  kinds: ['entity'],
  *find({ content, qualifiedName }, { view }) {
    const taken = new Map<string, string>();
    for (const ancestor of view.lineage(qualifiedName).slice(1)) {
      const entity = view.entity(ancestor);
      for (const member of [...(entity?.attributes ?? []), ...(entity?.associations ?? [])])
        taken.set(member.name.toLowerCase(), ancestor);
    }
    for (const member of [...content.attributes, ...content.associations]) {
      const by = taken.get(member.name.toLowerCase());
      if (by) yield { message: `${by} has a member ${member.name} already. Rename this one.`, element: member.id };
      taken.set(member.name.toLowerCase(), qualifiedName);
    }
  },
});

export const generalizationCycle = check({
  rule: rule(
    'entity/generalization-cycle',
    'error',
    'An entity is its own generalization, directly or in a circle.',
    'Remove one of the generalizations.',
  ),
  speed: 'fast',
  kinds: ['entity'],
  *find({ content, qualifiedName }, { view }) {
    const seen = new Set<string>();
    for (let at = content.generalization; at && !seen.has(at); at = view.entity(at)?.generalization) {
      if (at === qualifiedName) {
        yield {
          message: `${qualifiedName} comes round to itself over ${content.generalization}. Remove one of the generalizations.`,
          element: content.id,
          path: ['generalization'],
        };
        return;
      }
      seen.add(at);
    }
  },
});

/** Rules of members: which names and rights make sense. */
export const accessRuleMember = check({
  rule: rule(
    'access/unknown-member',
    'error',
    'An access rule gives rights in a member that the entity does not have.',
    'Correct the name, or remove it from the rule.',
  ),
  speed: 'fast',
  kinds: ['entity'],
  *find({ content, qualifiedName }, { view }) {
    const names = new Set([
      ...view.attributes(qualifiedName).keys(),
      ...view.owned(qualifiedName).flatMap((end) => [end.name, end.qualifiedName]),
    ]);
    for (const [index, access] of content.accessRules.entries()) {
      for (const member of Object.keys(access.members)) {
        if (names.has(member)) continue;
        yield {
          message: `${qualifiedName} has no member ${member} to give rights in. Correct the name, or remove it from the rule.`,
          element: access.id,
          path: ['accessRules', index, 'members', member],
        };
      }
    }
  },
});

export const accessRuleForNobody = check({
  rule: rule(
    'access/rule-for-nobody',
    'warning',
    'No user role has a module role that an access rule is for.',
    'Give a user role the module role, or remove the rule.',
  ),
  speed: 'fast',
  kinds: ['entity'],
  *find({ content, module, qualifiedName }, { model }) {
    const given = new Set(model.security.userRoles.flatMap((role) => role.moduleRoles));
    for (const [index, access] of content.accessRules.entries()) {
      if (access.moduleRoles.some((name) => given.has(`${module}.${name}`))) continue;
      yield {
        message: `No user role has ${access.moduleRoles.join(' or ') || 'a module role'} of ${module}, so this rule of ${qualifiedName} is for nobody. Give a user role one of them, or remove the rule.`,
        element: access.id,
        path: ['accessRules', index, 'moduleRoles'],
      };
    }
  },
});

export const anonymousUnconstrained = check({
  rule: rule(
    'access/anonymous-unconstrained',
    'warning',
    'Whoever opens the app without signing in may read or write all objects of an entity.',
    'Constrain the rule, or take the anonymous role from it.',
  ),
  speed: 'fast',
  kinds: ['entity'],
  *find({ content, module, qualifiedName }, { model }) {
    const anonymous = model.security.userRoles.find((role) => role.name === model.security.anonymousRole);
    if (!anonymous) return;
    for (const access of content.accessRules) {
      if (
        access.constraint.trim() !== '' ||
        !access.moduleRoles.some((name) => anonymous.moduleRoles.includes(`${module}.${name}`))
      )
        continue;
      yield {
        message: `Without signing in, anybody has this rule's rights in all objects of ${qualifiedName}. Constrain it, or take ${anonymous.name} from it.`,
        element: access.id,
      };
    }
  },
});
