import { walkDocument } from '@skerry/shared/metamodel/walk';
import { mentionsInDocument } from '@skerry/shared/refactoring/mentions-in-document';
import { declarations } from '@skerry/shared/refactoring/target';
import { openProject } from '@skerry/studio/host/project/open-project';
import { describe, expect, it } from 'vitest';

const { model } = await openProject(new URL('../../../fixtures/apps/field-inspections', import.meta.url).pathname);
const documents = [...model.documents.values()];
const mentions = documents.flatMap((document) => mentionsInDocument(model, document));

/** A text without what is explained, and without what only looks like a name: literals, variables, tokens. */
function unexplained(text: string, spans: readonly { start: number; end: number }[]): string[] {
  const rest = [...text]
    .map((letter, i) => (spans.some(({ start, end }) => i >= start && i < end) ? ' ' : letter))
    .join('');
  return rest.replace(/'[^']*'|\[%[^%]*%\]/g, '').match(/(?<![$A-Za-z0-9_])[A-Z]\w*/g) ?? [];
}

describe('names in the sample app', () => {
  it('are all found: no text has a name left that nobody explains', () => {
    const left = documents.flatMap(({ path, source }) =>
      walkDocument(path, source)
        .slots.filter(({ language }) => language !== 'template')
        .flatMap((slot) => {
          const spans = mentions
            .filter((mention) => mention.document === path && !mention.key && mention.path.join() === slot.path.join())
            .map(({ span }) => span);
          return unexplained(slot.text, spans).map((word) => `${path} ${slot.path.join('/')}: ${word} in ${slot.text}`);
        }),
    );
    expect(left).toEqual([]);
    expect(mentions.length).toBeGreaterThan(1000);
  });

  it('stand for something, but for the associations that every object has', () => {
    const known = new Set(
      documents.flatMap(({ path }) => declarations(model, path)).map(({ kind, name }) => `${kind} ${name}`),
    );
    const dangling = new Set(
      mentions.map(({ kind, name }) => `${kind} ${name}`).filter((mention) => !known.has(mention)),
    );
    for (const mention of ['association System.owner', 'association System.changedBy']) dangling.delete(mention);
    expect([...dangling]).toEqual([]);
  });

  it('cover exactly the simple name', () => {
    for (const { name, text, span } of mentions) {
      expect(text.slice(span.start, span.end)).toBe(
        name.slice(Math.max(name.lastIndexOf('.'), name.lastIndexOf('/')) + 1),
      );
    }
  });
});
