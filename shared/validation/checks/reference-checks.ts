import { nearestName } from '../../expression/nearest.ts';
import { DOCUMENT_KINDS, type DocumentKind } from '../../metamodel/kinds.ts';
import { type WalkedReference, walkDocument } from '../../metamodel/walk.ts';
import { type Check, type CheckContext, check, rule } from '../check.ts';
import { entityOfContext } from '../context-entity.ts';

const ALL_KINDS = Object.keys(DOCUMENT_KINDS) as DocumentKind[];

/** Whether what a reference names is there; undefined where another check decides. */
function exists(reference: WalkedReference, { model, view }: CheckContext): boolean | undefined {
  const { kind, name } = reference;
  switch (kind) {
    case 'entity':
    case 'enumeration':
    case 'page':
    case 'snippet':
    case 'layout':
    case 'menu':
    case 'microflow':
    case 'nanoflow':
    case 'regularExpression':
    case 'javaScriptAction':
    case 'image':
      return model.find(kind, name) !== undefined;
    case 'flow':
      return (model.find('microflow', name) ?? model.find('nanoflow', name)) !== undefined;
    case 'association':
      return view.association(name) !== undefined;
    case 'moduleRole': {
      const [module = '', role] = name.split('.');
      return model.find('module', module)?.content.moduleRoles.some((one) => one.name === role) ?? false;
    }
    case 'userRole':
      return model.security.userRoles.some((role) => role.name === name);
    default:
      return undefined;
  }
}

/** What a reference could mean, by its kind: looked at only to say what may have been meant. */
function candidates(reference: WalkedReference, { model, view }: CheckContext): readonly string[] {
  switch (reference.kind) {
    case 'entity':
    case 'enumeration':
    case 'page':
    case 'snippet':
    case 'layout':
    case 'menu':
    case 'microflow':
    case 'nanoflow':
    case 'regularExpression':
    case 'javaScriptAction':
    case 'image':
      return [...model.all(reference.kind).keys()];
    case 'flow':
      return [...model.all('microflow').keys(), ...model.all('nanoflow').keys()];
    case 'association':
      return [...model.all('entity').keys()].flatMap((name) => view.owned(name).map((end) => end.qualifiedName));
    case 'moduleRole':
      return [...model.all('module').values()].flatMap((module) =>
        module.content.moduleRoles.map((role) => `${module.qualifiedName}.${role.name}`),
      );
    case 'userRole':
      return model.security.userRoles.map((role) => role.name);
    default:
      return [];
  }
}

const KIND_WORD: { readonly [kind: string]: string } = {
  flow: 'microflow or nanoflow',
  regularExpression: 'regular expression',
  javaScriptAction: 'JavaScript action',
  moduleRole: 'module role',
  userRole: 'user role',
};

export const danglingReference: Check = check({
  rule: rule(
    'reference/unknown',
    'error',
    'A document names an element that does not exist.',
    'Correct the name, or restore the element.',
  ),
  speed: 'fast',
  kinds: ALL_KINDS,
  *find(document, context) {
    for (const reference of walkDocument(document.path, document.source).references) {
      if (reference.name === '' || exists(reference, context) !== false) continue;
      const nearest = nearestName(reference.name, candidates(reference, context));
      const word = KIND_WORD[reference.kind] ?? reference.kind;
      yield {
        message: `There is no ${word} ${reference.name}.${nearest ? ` Did you mean ${nearest}?` : ' Correct the name, or restore what it named.'}`,
        path: reference.path,
        ...(reference.element ? { element: reference.element } : {}),
        ...(nearest
          ? {
              fixes: [
                {
                  title: `Change to ${nearest}`,
                  command: 'reference.set',
                  arguments: { document: document.path, path: reference.path, name: nearest },
                },
              ],
            }
          : {}),
      };
    }
  },
});

export const unknownMember: Check = check({
  rule: rule(
    'reference/unknown-member',
    'error',
    'A document names a member that its entity does not have.',
    'Correct the name, or restore the member.',
  ),
  speed: 'fast',
  kinds: ['entity', 'page', 'snippet'],
  *find(document, context) {
    const { view } = context;
    for (const reference of walkDocument(document.path, document.source).references) {
      if (reference.kind !== 'member' || !reference.entity) continue;
      const entity = entityOfContext(reference.entity, document, context);
      if (!entity || !view.entity(entity)) continue;
      const names = [
        ...view.attributes(entity).keys(),
        ...view.ends(entity).flatMap((end) => [end.name, end.qualifiedName]),
      ];
      if (names.includes(reference.name)) continue;
      const nearest = nearestName(reference.name, names);
      yield {
        message: `${entity} has no member ${reference.name}.${nearest ? ` Did you mean ${nearest}?` : ''} Correct the name, or restore the member.`,
        path: reference.path,
        ...(reference.element ? { element: reference.element } : {}),
      };
    }
  },
});
