import { type Descriptors, plainly } from './descriptor.ts';

export const DOCUMENTS: Descriptors = {
  app: {
    groups: [
      { id: 'general', keys: ['name', 'version', 'documentation'] },
      { id: 'languages', keys: ['languages', 'defaultLanguage'] },
      { id: 'conflicts', keys: ['defaultConflictPolicy'] },
      { id: 'appearance', keys: ['theme'] },
    ],
  },
  theme: plainly('accent', 'icon'),
  languages: { ...plainly('tag', 'name', 'firstDayOfWeek'), columns: ['tag', 'name', 'firstDayOfWeek'] },
  security: {
    groups: [
      { id: 'userRoles', keys: ['userRoles', 'anonymousRole'] },
      { id: 'passwords', keys: ['passwordPolicy'] },
      { id: 'demoUsers', keys: ['demoUsers'] },
    ],
  },
  userRole: plainly('name', 'documentation', 'moduleRoles', 'manages'),
  passwordPolicy: plainly('minLength', 'digit', 'mixedCase', 'symbol'),
  demoUsers: {
    ...plainly('name', 'password', 'userRoles', 'object', 'caption'),
    summary: ['name', 'userRoles'],
  },
  module: plainly('name', 'documentation', 'moduleRoles', 'position'),
  moduleRole: { ...plainly('name', 'documentation'), columns: ['name', 'documentation'] },
  enumeration: {
    groups: [
      { id: 'general', keys: ['name', 'documentation'] },
      { id: 'values', keys: ['values'] },
    ],
  },
  enumerationValue: { ...plainly('name', 'caption', 'image'), columns: ['name', 'caption', 'image'] },
  constant: plainly('name', 'documentation', 'type', 'value'),
  regularExpression: plainly('name', 'documentation', 'expression'),
  rule: plainly('name', 'documentation', 'parameters', 'expression'),
  javaScriptAction: {
    groups: [
      { id: 'general', keys: ['name', 'documentation'] },
      { id: 'signature', keys: ['parameters', 'returnType'] },
      { id: 'uses', keys: ['uses'] },
    ],
  },
  uses: plainly('element', 'how', 'entities'),
  parameter: { ...plainly('name', 'type', 'required'), columns: ['name', 'type', 'required'] },
  menu: plainly('name', 'documentation', 'items'),
  menuItem: { ...plainly('caption', 'icon', 'action', 'roles', 'items'), summary: ['caption'] },
  image: plainly('name', 'documentation', 'mediaType', 'data'),
  opaque: plainly('name', 'documentation', 'type', 'uses', 'raw'),
  evolution: plainly('version', 'decisions'),
  decisions: { ...plainly('element', 'expression', 'values', 'reason'), summary: ['element'] },
};
