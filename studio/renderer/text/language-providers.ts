import type { CallReply, CallRequest } from '@skerry/studio/bridge/calls/index';
import { type editor, type IRange, languages, type Position } from 'monaco-editor/editor';
import { openDocument } from '../workbench/open.ts';
import { slotOf } from './slots.ts';

type Completion = CallReply<'language/complete'>['items'][number];

const { CompletionItemKind } = languages;
const KINDS: { readonly [K in Completion['kind']]: languages.CompletionItemKind } = {
  attribute: CompletionItemKind.Field,
  association: CompletionItemKind.Reference,
  entity: CompletionItemKind.Class,
  enumeration: CompletionItemKind.Enum,
  enumerationValue: CompletionItemKind.EnumMember,
  constant: CompletionItemKind.Constant,
  function: CompletionItemKind.Function,
  keyword: CompletionItemKind.Keyword,
  variable: CompletionItemKind.Variable,
  value: CompletionItemKind.Value,
};

/** What the languages know is asked of the host, for the text as it stands in the editor. */
export function registerProviders(language: string): void {
  languages.registerCompletionItemProvider(language, {
    triggerCharacters: ['$', '/', '.', '@', '[', "'", '%', '('],
    async provideCompletionItems(model, position) {
      const reply = await askAt('language/complete', model, position);
      if (!reply) return { suggestions: [] };
      const range = rangeOf(model, reply.span);
      return {
        suggestions: reply.items.map((item, index) => ({
          label: item.detail === undefined ? item.label : { label: item.label, description: item.detail },
          kind: KINDS[item.kind],
          insertText: item.insert,
          // The host has ordered them: what fits best stands first.
          sortText: String(index).padStart(5, '0'),
          range,
          ...(item.documentation === undefined ? {} : { documentation: { value: item.documentation } }),
          ...(item.insert.endsWith('(') || item.insert.endsWith('/') ? { command: SUGGEST_AGAIN } : {}),
        })),
      };
    },
  });
  languages.registerHoverProvider(language, {
    async provideHover(model, position) {
      const reply = await askAt('language/hover', model, position);
      return reply && { range: rangeOf(model, reply.span), contents: [{ value: reply.markdown }] };
    },
  });
  languages.registerSignatureHelpProvider(language, {
    signatureHelpTriggerCharacters: ['(', ','],
    signatureHelpRetriggerCharacters: [')'],
    async provideSignatureHelp(model, position) {
      const reply = await askAt('language/signature', model, position);
      if (!reply) return null;
      const { label, parameters, active, documentation } = reply;
      return {
        value: {
          signatures: [
            {
              label,
              parameters: parameters.map((parameter) => ({ label: parameter })),
              ...(documentation === undefined ? {} : { documentation: { value: documentation } }),
            },
          ],
          activeSignature: 0,
          activeParameter: active,
        },
        dispose() {},
      };
    },
  });
}

const SUGGEST_AGAIN = { id: 'editor.action.triggerSuggest', title: '' };

/** Opens what stands under the cursor; says whether there was something. */
export async function goToDefinition(model: editor.ITextModel, position: Position): Promise<boolean> {
  const reply = await askAt('language/definition', model, position);
  if (reply) openDocument(reply.document, { element: reply.element });
  return Boolean(reply);
}

/** Where the thing under a position, that can be gone to, begins and ends. */
export async function definitionRange(model: editor.ITextModel, position: Position): Promise<IRange | undefined> {
  const reply = await askAt('language/definition', model, position);
  return reply ? rangeOf(model, reply.span) : undefined;
}

/**
 * An answer that comes after the text has moved on, or not at all, is no answer. Completions stay good while somebody
 * types on: what follows the place that was asked about narrows them.
 */
async function askAt<C extends 'language/complete' | 'language/hover' | 'language/signature' | 'language/definition'>(
  call: C,
  model: editor.ITextModel,
  position: Position,
): Promise<CallReply<C> | undefined> {
  const slot = slotOf(model.uri.toString());
  if (!slot) return undefined;
  const version = model.getVersionId();
  const { document, path, ask } = slot;
  try {
    const request = { document, path: [...path], text: model.getValue(), offset: model.getOffsetAt(position) };
    const reply = await ask(call, request as CallRequest<C>);
    const isOutdated = model.getVersionId() !== version && call !== 'language/complete';
    return model.isDisposed() || isOutdated ? undefined : ((reply ?? undefined) as CallReply<C>);
  } catch {
    // Help that cannot be had is left out; the command that saves the text will say what is wrong with the host.
    return undefined;
  }
}

export function rangeOf(model: editor.ITextModel, span: { readonly start: number; readonly end: number }): IRange {
  const start = model.getPositionAt(span.start);
  const end = model.getPositionAt(span.end);
  return {
    startLineNumber: start.lineNumber,
    startColumn: start.column,
    endLineNumber: end.lineNumber,
    endColumn: end.column,
  };
}
