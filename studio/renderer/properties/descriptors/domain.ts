import { type Descriptors, plainly } from './descriptor.ts';

export const DOMAIN: Descriptors = {
  entity: {
    groups: [
      { id: 'general', keys: ['name', 'documentation', 'generalization', 'persistable'] },
      { id: 'members', keys: ['attributes', 'associations', 'systemMembers'] },
      { id: 'conflicts', keys: ['conflictPolicy'] },
      { id: 'rules', keys: ['validationRules', 'eventHandlers', 'indexes'] },
      { id: 'access', keys: ['accessRules'] },
    ],
  },
  attribute: {
    groups: [
      { id: 'general', keys: ['name', 'documentation', 'type', 'default', 'calculatedBy'] },
      { id: 'conflicts', keys: ['conflictPolicy'] },
    ],
    columns: ['name', 'type', 'default', 'conflictPolicy'],
  },
  association: {
    groups: [
      { id: 'general', keys: ['name', 'documentation', 'to'] },
      { id: 'multiplicity', keys: ['type', 'owner'] },
      { id: 'deleting', keys: ['deleteBehavior'] },
      { id: 'storage', keys: ['storage'] },
      { id: 'conflicts', keys: ['conflictPolicy'] },
    ],
    columns: ['name', 'to', 'type', 'owner'],
  },
  deleteBehavior: plainly('from', 'to', 'message'),
  systemMembers: plainly('createdDate', 'changedDate', 'owner', 'changedBy'),
  index: { ...plainly('members'), summary: ['members'] },
  members: { ...plainly('member', 'descending'), summary: ['member'] },
  validationRule: {
    ...plainly('attribute', 'value', 'other', 'min', 'max', 'length', 'regularExpression', 'message'),
    summary: ['attribute', 'message'],
  },
  eventHandler: {
    ...plainly('moment', 'event', 'flow', 'passObject', 'raiseErrorOnFalse'),
    columns: ['moment', 'event', 'flow', 'passObject', 'raiseErrorOnFalse'],
    summary: ['moment', 'event', 'flow'],
  },
  accessRule: {
    groups: [
      { id: 'general', keys: ['documentation', 'moduleRoles'] },
      { id: 'rights', keys: ['create', 'delete', 'defaultMemberRights', 'members'] },
      { id: 'rows', keys: ['constraint', 'constraintAfter'] },
    ],
    summary: ['moduleRoles', 'documentation'],
  },
  conflictPolicy: plainly('overlap', 'microflow'),
  calculatedBy: plainly('expression', 'microflow'),
  type: plainly('length', 'localize', 'enumeration', 'start'),
  dataType: plainly('enumeration', 'entity'),
  domain: plainly('showInherited', 'annotations'),
  annotation: { ...plainly('text'), summary: ['text'] },
};
