import { equalJson, type Json } from '../base/json.ts';
import type { DocumentKind } from '../metamodel/kinds.ts';
import type { Model, ModelDocument } from '../metamodel/model.ts';
import { factsOf } from './facts.ts';

/** Kinds of which an analysis reads the facts and the face, and nothing else. */
const BY_FACTS: ReadonlySet<DocumentKind> = new Set<DocumentKind>([
  'page',
  'snippet',
  'layout',
  'menu',
  'nanoflow',
  'microflow',
  'javaScriptAction',
  'rule',
  'opaque',
]);

/**
 * Whether an analysis of the one model is good for the other: what was edited, if anything, says the same to it as
 * before. So it is when a caption, a style or a layout is changed, which is most of what people type.
 */
export function unmoved(before: Model, after: Model): boolean {
  if (before.documents.size !== after.documents.size) return false;
  for (const [path, now] of after.documents) {
    const was = before.documents.get(path);
    if (was !== now && !(was && sameToAnalysis(was, now))) return false;
  }
  return true;
}

function sameToAnalysis(was: ModelDocument, now: ModelDocument): boolean {
  return (
    BY_FACTS.has(now.kind) &&
    equalJson(faceOf(was), faceOf(now)) &&
    equalJson(factsOf(was) as unknown as Json, factsOf(now) as unknown as Json)
  );
}

/** What others see of a document: who it is, who may open it, what it gives back. */
function faceOf({ kind, qualifiedName, content }: ModelDocument): Json {
  const { id, allowedModuleRoles, parameters, returnType } = content as { readonly [key: string]: Json | undefined };
  return [kind, qualifiedName, id ?? null, allowedModuleRoles ?? null, parameters ?? null, returnType ?? null];
}
