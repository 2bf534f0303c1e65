import type { Diagnostic } from '../base/diagnostic.ts';
import { domainView } from '../metamodel/domain-view.ts';
import type { Model } from '../metamodel/model.ts';
import { isSystemPath } from '../metamodel/system-module.ts';
import { type Declaration, declarations, NAMED_DOCUMENTS, type TargetKind } from './target.ts';

const PATTERN = /^[A-Za-z_][A-Za-z0-9_]*$/;
const RESERVED_MEMBERS = new Set('id empty null true false and or not if then else div mod'.split(' '));
const DEVICE = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])$/i;
const IN_DOMAIN: readonly TargetKind[] = ['entity', 'association', 'enumeration'];
const MEMBERS: readonly TargetKind[] = ['attribute', 'association'];

/** What keeps an element from having a name; empty when nothing does. Names are unique ignoring ASCII case. */
export function checkName(model: Model, declaration: Declaration, newName: string): readonly Diagnostic[] {
  const problem = (code: string, message: string): Diagnostic => ({
    code,
    severity: 'error',
    message,
    document: declaration.document,
    element: declaration.id,
  });
  const { kind } = declaration;
  if (isSystemPath(declaration.document)) {
    return [
      problem(
        'rename/built-in',
        `${declaration.name} is built in and keeps its name. Specialise it to have one of your own.`,
      ),
    ];
  }
  if (!PATTERN.test(newName)) {
    const message = `"${newName}" is no name. Begin with a letter or _, and go on with letters, digits and _ (A to Z without accents).`;
    return [problem('rename/invalid-name', message)];
  }
  if (MEMBERS.includes(kind) && RESERVED_MEMBERS.has(newName.toLowerCase())) {
    return [
      problem(
        'rename/reserved-name',
        `"${newName}" has a meaning in expressions and constraints. Choose another name.`,
      ),
    ];
  }
  if ((kind === 'module' || isDocument(kind)) && DEVICE.test(newName)) {
    return [problem('rename/device-name', `Windows allows no file called "${newName}". Choose another name.`)];
  }
  if (kind === 'module' && newName.toLowerCase() === 'system') {
    return [problem('rename/name-taken', 'System is the name of the built-in module. Choose another name.')];
  }
  const taken = neighbours(model, declaration).find((other) => sameName(other.simpleName, newName));
  if (!taken) return [];
  const message = `${newName} is the name of ${describe(taken)} already, and upper and lower case make no difference. Choose another name.`;
  return [problem('rename/name-taken', message)];
}

function isDocument(kind: TargetKind): boolean {
  return (NAMED_DOCUMENTS as readonly string[]).includes(kind);
}

function sameName(a: string, b: string): boolean {
  return asciiLowerCase(a) === asciiLowerCase(b);
}

function asciiLowerCase(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

function describe({ kind, name }: Declaration): string {
  return `${kind.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)} ${name}`;
}

/** The other declarations that must not have the same name. */
function neighbours(model: Model, declaration: Declaration): readonly Declaration[] {
  const { document, kind } = declaration;
  const module = model.documents.get(document)?.module;
  const all = [...model.documents.keys()].flatMap((path) => declarations(model, path));
  const moduleOf = (other: Declaration) => model.documents.get(other.document)?.module;
  const related = MEMBERS.includes(kind) ? kin(model, document) : new Set<string>();
  return all.filter((other) => {
    if (other.id === declaration.id && other.document === document) return false;
    if (MEMBERS.includes(kind) && MEMBERS.includes(other.kind) && related.has(other.document)) return true;
    if (IN_DOMAIN.includes(kind)) return IN_DOMAIN.includes(other.kind) && moduleOf(other) === module;
    if (kind === 'attribute' || other.kind !== kind) return false;
    return kind === 'enumerationValue' ? other.document === document : moduleOf(other) === module || kind === 'module';
  });
}

/** Documents of the entity, its generalizations and its specialisations: their objects share one set of members. */
function kin(model: Model, document: string): ReadonlySet<string> {
  const view = domainView(model);
  const own = model.documents.get(document)?.qualifiedName ?? '';
  const below = [own, ...view.specialisations(own)];
  const entities = new Set(below.flatMap((entity) => view.lineage(entity)));
  return new Set([...entities].flatMap((entity) => view.document(entity)?.path ?? []));
}
