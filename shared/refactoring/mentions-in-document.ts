import type { Json, JsonObject } from '../base/json.ts';
import { domainView } from '../metamodel/domain-view.ts';
import type { Model, ModelDocument } from '../metamodel/model.ts';
import { type DocumentPath, type WalkedReference, walkDocument } from '../metamodel/walk.ts';
import { type DocumentScope, documentScope } from './document-scope.ts';
import { type Mention, mentionsOfQualified } from './mention.ts';
import { mentionsOfMember } from './names-in-path.ts';
import { mentionsInText, typeOfExpression } from './names-in-text.ts';
import { NAMED_DOCUMENTS, type TargetKind } from './target.ts';

/** A mention with the place of its text. */
export interface PlacedMention extends Mention {
  readonly document: string;
  /** Of the string in the document; of a key when `key`. */
  readonly path: DocumentPath;
  readonly key: boolean;
  /** The whole string. */
  readonly text: string;
  /** Nearest element. */
  readonly element?: string;
}

/**
 * Everything a document says by name about the model, in references and in texts.
 * @param about looks only into strings that contain this word, which is what makes it quick on large models
 */
export function mentionsInDocument(model: Model, document: ModelDocument, about = ''): readonly PlacedMention[] {
  const { references, slots } = walkDocument(document.path, document.source);
  const scope = documentScope(model, document);
  const found: PlacedMention[] = [];
  const place = (
    mentions: readonly Mention[],
    at: { path: DocumentPath; text: string; key?: boolean; element?: string },
  ) => {
    for (const mention of mentions) found.push({ ...mention, ...at, key: at.key ?? false, document: document.path });
  };
  for (const reference of references) {
    if (!reference.name.includes(about)) continue;
    const { path, text, key, element } = reference;
    place(mentionsOfReference(model, document, reference, scope), { path, text, key, element });
  }
  for (const { language, text, context, path, element } of slots) {
    if (text.includes(about)) place(mentionsInText(language, text, scope.at(context)), { path, text, element });
  }
  return found;
}

function mentionsOfReference(
  model: Model,
  document: ModelDocument,
  reference: WalkedReference,
  scope: DocumentScope,
): readonly Mention[] {
  const { kind, name, text } = reference;
  switch (kind) {
    case 'moduleRole':
      // Where it is written short, only its own name stands there.
      return text === name ? mentionsOfQualified(kind, name, 0) : whole(kind, name, text);
    case 'userRole':
      return whole(kind, name, text);
    case 'flow':
      return mentionsOfQualified(model.find('nanoflow', name) ? 'nanoflow' : 'microflow', name, 0);
    case 'icon':
      return model.find('image', name) ? mentionsOfQualified('image', name, 0) : [];
    case 'any':
      return NAMED_DOCUMENTS.flatMap((named) => (model.find(named, name) ? mentionsOfQualified(named, name, 0) : []));
    case 'member':
      return member(model, reference, scope);
    case 'memberValue':
      return memberValue(model, reference, scope);
    case 'case':
      return flowCase(model, document, reference, scope);
    case 'parameter':
    case 'widget':
      return [];
    default:
      return mentionsOfQualified(kind, name, 0);
  }
}

function whole(kind: TargetKind, name: string, text: string): Mention[] {
  return [{ kind, name, span: { start: 0, end: text.length } }];
}

function member(model: Model, { text, entity }: WalkedReference, scope: DocumentScope): readonly Mention[] {
  const type = scope.entityOf(entity ?? { kind: 'none' });
  return mentionsOfMember(text, { start: 0, end: text.length }, type, domainView(model));
}

function memberValue(
  model: Model,
  { text, entity, member }: WalkedReference,
  scope: DocumentScope,
): readonly Mention[] {
  for (const name of scope.entityOf(entity ?? { kind: 'none' }).entities) {
    const type = domainView(model)
      .attributes(name)
      .get(member ?? '')?.type;
    if (type?.kind !== 'Enumeration') continue;
    // Either the value's own name or all of it.
    return text.includes('.')
      ? mentionsOfQualified('enumerationValue', text, 0)
      : whole('enumerationValue', `${type.enumeration}.${text}`, text);
  }
  return [];
}

/** What a case means is said by the node that the flow comes from. */
function flowCase(
  model: Model,
  document: ModelDocument,
  { path, text }: WalkedReference,
  scope: DocumentScope,
): readonly Mention[] {
  if (text.includes('.'))
    return mentionsOfQualified(model.find('entity', text) ? 'entity' : 'enumerationValue', text, 0);
  const { from } = valueAt(document.source, path.slice(0, -1)) as JsonObject;
  const { elements, slots } = walkDocument(document.path, document.source);
  const node = elements.find(({ id }) => id === from);
  const decision = node && (valueAt(document.source, node.path) as JsonObject);
  if (decision?.kind !== 'exclusiveSplit' || typeof decision.condition !== 'string') return [];
  const slot = slots.find(({ element }) => element === from);
  const { enumeration } = slot ? typeOfExpression(slot.text, scope.at(slot.context)) : {};
  return enumeration === undefined ? [] : whole('enumerationValue', `${enumeration}.${text}`, text);
}

function valueAt(content: JsonObject, path: DocumentPath): Json | undefined {
  return path.reduce<Json | undefined>((value, key) => (value as { [key: string]: Json } | undefined)?.[key], content);
}
