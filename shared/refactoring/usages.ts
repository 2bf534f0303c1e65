import type { Model } from '../metamodel/model.ts';
import { isSystemPath } from '../metamodel/system-module.ts';
import { mentionsInDocument, type PlacedMention } from './mentions-in-document.ts';
import type { Target } from './target.ts';

/** Every place of the project that speaks of the target, in the order of the documents; its declaration is none. */
export function usages(model: Model, target: Target): readonly PlacedMention[] {
  const found: PlacedMention[] = [];
  const simpleName = simpleNameOf(target);
  for (const [path, document] of model.documents) {
    if (isSystemPath(path)) continue;
    for (const mention of mentionsInDocument(model, document, simpleName)) {
      if (mention.kind === target.kind && mention.name === target.name) found.push(mention);
    }
  }
  return found;
}

/** The last part of a target's name. */
export function simpleNameOf({ name }: Target): string {
  return name.slice(Math.max(name.lastIndexOf('.'), name.lastIndexOf('/')) + 1);
}
