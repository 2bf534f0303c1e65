import type { JsonObject } from '@skerry/shared/base/json';
import type { Documents, Model } from '@skerry/shared/metamodel/model';
import { isSystemPath } from '@skerry/shared/metamodel/system-module';
import { mentionsInDocument, type PlacedMention } from '@skerry/shared/refactoring/mentions-in-document';
import { rewriteMentions } from '@skerry/shared/refactoring/rewrite-mentions';
import type { Target } from '@skerry/shared/refactoring/target';
import { simpleNameOf } from '@skerry/shared/refactoring/usages';

/** A target with the names it is to be spoken of by. */
export interface Requalified extends Target {
  readonly toModule: string;
  readonly toName: string;
}

/**
 * The documents at `paths` (absent: all) in which the targets have other modules and names, in references and in texts.
 * Only those that change are given.
 */
export function requalify(model: Model, targets: readonly Requalified[], paths?: readonly string[]): Documents {
  const byKey = new Map(targets.map((target) => [key(target), target]));
  const words = [...new Set(targets.map(simpleNameOf))];
  const sources = new Map<string, JsonObject>();
  const wanted: PlacedMention[] = [];
  const names = new Map<PlacedMention, string>();
  for (const path of paths ?? model.documents.keys()) {
    const document = model.documents.get(path);
    if (!document || isSystemPath(path)) continue;
    // Most documents say none of the words, which is quicker to find out than what they say.
    const all = words.flatMap((word) => mentionsInDocument(model, document, word));
    const found = all.filter((mention) => byKey.has(key(mention)));
    if (found.length === 0) continue;
    sources.set(path, document.source);
    for (const mention of found) {
      const target = byKey.get(key(mention)) as Requalified;
      wanted.push(mention);
      names.set(mention, target.toName);
      const module = all.find((other) => other.kind === 'module' && isInFront(other, mention));
      if (!module) continue;
      wanted.push(module);
      names.set(module, target.toModule);
    }
  }
  return rewriteMentions(sources, wanted, (mention) => names.get(mention) as string).documents;
}

function key({ kind, name }: Target): string {
  return `${kind} ${name}`;
}

/** Whether a name of a module stands right in front of another name, with the dot between them. */
function isInFront(module: PlacedMention, mention: PlacedMention): boolean {
  if (module.key !== mention.key || module.span.end + 1 !== mention.span.start) return false;
  return module.path.length === mention.path.length && module.path.every((part, i) => mention.path[i] === part);
}
