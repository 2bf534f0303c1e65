import { attributeConflictPolicy, conflictPolicy } from './conflict-policy.ts';
import {
  constraintText,
  documentation,
  element,
  elementId,
  expressionText,
  flag,
  list,
  memberName,
  memberPath,
  memberValue,
  nameOf,
  reference,
  text,
  z,
} from './schema.ts';

/** `length: null` is unlimited. Lengths count code points. */
export const attributeType = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('String'), length: z._default(z.nullable(z.int()), 200) }),
  z.object({ kind: z.literal('Integer') }),
  z.object({ kind: z.literal('Long') }),
  z.object({ kind: z.literal('Decimal') }),
  z.object({ kind: z.literal('Boolean') }),
  z.object({ kind: z.literal('DateTime'), localize: flag(true) }),
  z.object({ kind: z.literal('Enumeration'), enumeration: reference('enumeration') }),
  z.object({ kind: z.literal('AutoNumber'), start: z._default(z.int(), 1) }),
  z.object({ kind: z.literal('HashedString') }),
  z.object({ kind: z.literal('Binary') }),
]);
export type AttributeType = z.infer<typeof attributeType>;

export const attribute = z.object({
  ...element,
  type: attributeType,
  /** The value's text: '12', 'true', 'an enumeration value name', `[%CurrentDateTime%]`. Absent: the type's own default. */
  default: z.optional(memberValue),
  calculatedBy: z.optional(
    z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('expression'), expression: expressionText }),
      z.object({ kind: z.literal('microflow'), microflow: reference('microflow') }),
    ]),
  ),
  conflictPolicy: z._default(attributeConflictPolicy, 'inherit'),
});
export type Attribute = z.infer<typeof attribute>;

export const deleteBehavior = z.enum(['keep', 'deleteOther', 'deleteIfNoReferences']);
export type DeleteBehavior = z.infer<typeof deleteBehavior>;

/**
 * Owned by the entity in whose file it stands. 1-* is reference + default, 1-1 reference + both, *-* referenceSet.
 * `deleteBehavior.from` acts when the owner is deleted, `to` when the target is.
 */
export const association = z.object({
  ...element,
  to: reference('entity'),
  type: z._default(z.enum(['reference', 'referenceSet']), 'reference'),
  owner: z._default(z.enum(['default', 'both']), 'default'),
  deleteBehavior: z._default(
    z.object({
      from: z._default(deleteBehavior, 'keep'),
      to: z._default(deleteBehavior, 'keep'),
      message: z.optional(text),
    }),
    { from: 'keep', to: 'keep' },
  ),
  /** A reference is stored as a column of its owner, or in a link table as every set is. */
  storage: z._default(z.enum(['column', 'table']), 'column'),
  conflictPolicy: z._default(attributeConflictPolicy, 'inherit'),
});
export type Association = z.infer<typeof association>;

export const validationRule = z.discriminatedUnion('kind', [
  z.object({ id: elementId, kind: z.literal('required'), attribute: memberName, message: text }),
  z.object({ id: elementId, kind: z.literal('unique'), attribute: memberName, message: text }),
  z.object({
    id: elementId,
    kind: z.literal('equals'),
    attribute: memberName,
    value: z.optional(memberValue),
    other: z.optional(memberName),
    message: text,
  }),
  z.object({
    id: elementId,
    kind: z.literal('range'),
    attribute: memberName,
    min: z.optional(memberValue),
    max: z.optional(memberValue),
    message: text,
  }),
  z.object({
    id: elementId,
    kind: z.literal('regex'),
    attribute: memberName,
    regularExpression: reference('regularExpression'),
    message: text,
  }),
  z.object({ id: elementId, kind: z.literal('maxLength'), attribute: memberName, length: z.int(), message: text }),
]);
export type ValidationRule = z.infer<typeof validationRule>;

export const eventHandler = z.object({
  id: elementId,
  moment: z.enum(['before', 'after']),
  event: z.enum(['create', 'commit', 'delete', 'rollback']),
  flow: reference('flow'),
  passObject: flag(true),
  raiseErrorOnFalse: flag(true),
});
export type EventHandler = z.infer<typeof eventHandler>;

export const memberRight = z.enum(['none', 'read', 'readWrite']);
export type MemberRight = z.infer<typeof memberRight>;

/** Rules add up. `members` names attributes and owned associations, inherited ones included. */
export const accessRule = z.object({
  id: elementId,
  documentation,
  moduleRoles: z.array(nameOf('moduleRole')),
  create: flag(false),
  delete: flag(false),
  defaultMemberRights: z._default(memberRight, 'none'),
  members: z._default(z.record(memberName, memberRight), {}),
  /** State before an update or delete, after a create. '' holds for every object. */
  constraint: z._default(constraintText, ''),
  /** State after an update; absent: none. */
  constraintAfter: z.optional(constraintText),
});
export type AccessRule = z.infer<typeof accessRule>;

export const systemMembers = z.object({
  createdDate: flag(false),
  changedDate: flag(false),
  owner: flag(false),
  changedBy: flag(false),
});

export const entity = z.object({
  format: z.int(),
  kind: z.literal('entity'),
  ...element,
  persistable: flag(true),
  generalization: z.optional(reference('entity')),
  systemMembers: z._default(systemMembers, { createdDate: false, changedDate: false, owner: false, changedBy: false }),
  attributes: list(attribute),
  associations: list(association),
  indexes: list(
    z.object({ id: elementId, members: z.array(z.object({ member: memberPath, descending: flag(false) })) }),
  ),
  validationRules: list(validationRule),
  eventHandlers: list(eventHandler),
  accessRules: list(accessRule),
  conflictPolicy: z.optional(conflictPolicy),
});
export type Entity = z.infer<typeof entity>;
