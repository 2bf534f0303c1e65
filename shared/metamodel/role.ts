/** Kinds of elements that files name by qualified name. `flow` is a microflow or nanoflow, `icon` an image or a built-in icon. */
export type ReferenceKind =
  | 'entity'
  | 'association'
  | 'enumeration'
  | 'page'
  | 'snippet'
  | 'layout'
  | 'menu'
  | 'microflow'
  | 'nanoflow'
  | 'flow'
  | 'regularExpression'
  | 'javaScriptAction'
  | 'image'
  | 'icon'
  | 'moduleRole'
  | 'any';

/** Kinds of elements that files name by their simple name, because what stands around says the rest. */
export type NameKind = 'moduleRole' | 'userRole' | 'parameter' | 'widget' | 'member' | 'memberValue' | 'case';

export type SlotLanguage = 'expression' | 'constraint' | 'memberPath' | 'template';

/** What a string of a document is to the rest of the house. Declared where the field is, so that none is forgotten. */
export type Role =
  | { readonly kind: 'plain' }
  | { readonly kind: 'id' }
  | { readonly kind: 'name' }
  | { readonly kind: 'reference'; readonly to: ReferenceKind }
  | { readonly kind: 'nameOf'; readonly to: NameKind }
  | { readonly kind: 'variable'; readonly declares: boolean }
  | { readonly kind: 'slot'; readonly language: SlotLanguage };

const roles = new WeakMap<object, Role>();

/** Declares what the strings of a schema are. Returns the schema. */
export function markRole<T extends object>(schema: T, role: Role): T {
  roles.set(schema, role);
  return schema;
}

/** The role declared for a schema of strings. */
export function roleOf(schema: object): Role | undefined {
  return roles.get(schema);
}
