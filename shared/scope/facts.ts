import type { Span } from '../base/diagnostic.ts';
import type { ElementId } from '../base/ids.ts';
import type { JsonObject } from '../base/json.ts';
import type { ModelDocument } from '../metamodel/model.ts';
import { entityFacts, menuFacts, opaqueFacts, pageFacts, profileFacts } from './facts-documents.ts';
import { flowFacts } from './facts-flow.ts';
import type { TypeRef } from './type-ref.ts';

/** What the walk visits. `entity` nodes are entities in scope, `microflow` nodes are recorded and not entered. */
export type NodeKind =
  | 'page'
  | 'snippet'
  | 'layout'
  | 'menu'
  | 'nanoflow'
  | 'microflow'
  | 'javaScriptAction'
  | 'rule'
  | 'entity'
  | 'opaque';

/** Where in its document a fact stands. */
export interface Place {
  /** Words of the explanation, outermost first: `widget:list`, `menu:Inspections`. */
  readonly steps: readonly string[];
  /** Nearest element. */
  readonly element?: ElementId;
  /** Key of the text within the element, when the fact stands in one. */
  readonly field?: string;
  readonly span?: Span;
  /** User roles that get to it; absent: all that can open the document. */
  readonly roles?: readonly string[];
}

/** The document leads to another. */
export interface Edge {
  readonly to: NodeKind;
  readonly name: string;
  /** Of what it leads to: `page:Field.Home`. */
  readonly key: string;
  readonly place: Place;
}

/** The document needs the entity on the device (SC3). */
export interface Use {
  readonly type: TypeRef;
  readonly how: 'source' | 'local';
  /** `retrieve`, `list`, `path`, `create`, `shown`, …: the last word of the explanation. */
  readonly verb: string;
  readonly place: Place;
  /** Constraint of a database source, for the hint that all uses share one (SC8). */
  readonly constraint?: string;
}

/** The document reads or writes a member on the device. */
export interface MemberUse {
  readonly of: TypeRef;
  readonly member: string;
  readonly access: 'read' | 'write';
  readonly place: Place;
}

/** The document displays, navigates, constrains or sorts over an association (SC7). */
export interface LinkUse {
  readonly association: string;
  readonly of: TypeRef;
  readonly place: Place;
}

/** What happens to objects on the device (SC11), or what a microflow hands to it (SC2). */
export interface ObjectUse {
  readonly type: TypeRef;
  readonly operation: 'create' | 'change' | 'delete' | 'handOver';
  readonly place: Place;
}

/** All that the analysis wants to know of one document: a function of the document alone. */
export interface DocumentFacts {
  readonly edges: readonly Edge[];
  readonly uses: readonly Use[];
  readonly members: readonly MemberUse[];
  readonly links: readonly LinkUse[];
  readonly objects: readonly ObjectUse[];
}

export const NO_FACTS: DocumentFacts = { edges: [], uses: [], members: [], links: [], objects: [] };

const cache = new WeakMap<JsonObject, DocumentFacts>();

/** The document's facts, computed once per identity of its JSON: an edit costs the facts of the documents it changed. */
export function factsOf(document: ModelDocument): DocumentFacts {
  const known = cache.get(document.source);
  if (known) return known;
  const facts = extract(document);
  cache.set(document.source, facts);
  return facts;
}

function extract(document: ModelDocument): DocumentFacts {
  switch (document.kind) {
    case 'page':
    case 'snippet':
    case 'layout':
      return pageFacts(document as ModelDocument<'page' | 'snippet' | 'layout'>);
    case 'nanoflow':
    case 'microflow':
      return flowFacts(document as ModelDocument<'nanoflow' | 'microflow'>);
    case 'navigationProfile':
      return profileFacts(document as ModelDocument<'navigationProfile'>);
    case 'menu':
      return menuFacts(document as ModelDocument<'menu'>);
    case 'entity':
      return entityFacts(document as ModelDocument<'entity'>);
    case 'javaScriptAction':
    case 'rule':
    case 'opaque':
      return opaqueFacts(document as ModelDocument<'javaScriptAction' | 'rule' | 'opaque'>);
    default:
      return NO_FACTS;
  }
}
