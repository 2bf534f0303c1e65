/* The only file that loads the editor; itself loaded by load-monaco.ts when a field first needs it. */
// All contributions at once. `features/suggest/register` brings everything but the widget, and the JSON mode imports this
// file in any case, too late for services and colours to be registered.
import 'monaco-editor/internal/common/workers';
import type { SlotLanguage } from '@skerry/shared/metamodel/role';
import { editor, languages } from 'monaco-editor/editor';
import EditorWorker from 'monaco-editor/editor/editor.worker?worker';
import JsonWorker from 'monaco-editor/languages/features/json/json.worker?worker';
import { jsonDefaults } from 'monaco-editor/languages/features/json/register';
import { highlight } from './highlight.ts';
import { registerProviders } from './language-providers.ts';
import { LANGUAGE_IDS } from './languages.ts';
import { themeFrom } from './themes.ts';

export { editor, KeyCode, KeyMod, MarkerSeverity, Uri } from 'monaco-editor/editor';
export { definitionRange, goToDefinition, rangeOf } from './language-providers.ts';
export { jsonDefaults };

globalThis.MonacoEnvironment = {
  getWorker: (_id, label) => (label === 'json' ? new JsonWorker() : new EditorWorker()),
};

for (const [language, id] of Object.entries(LANGUAGE_IDS) as [SlotLanguage, string][]) {
  languages.register({ id });
  languages.setLanguageConfiguration(id, {
    brackets: [
      ['(', ')'],
      ['[', ']'],
    ],
    autoClosingPairs: [
      { open: '(', close: ')' },
      { open: '[', close: ']' },
      { open: "'", close: "'", notIn: ['string'] },
    ],
    wordPattern: /[$@]?[A-Za-z_][A-Za-z0-9_.]*|[0-9.]+/,
  });
  languages.setTokensProvider(id, {
    getInitialState: () => new LineState(false),
    tokenize(line, state) {
      const found = highlight(line, language, (state as LineState).isInText);
      return {
        tokens: found.segments.map(({ kind, start }) => ({ startIndex: start, scopes: `skerry.${kind}` })),
        endState: new LineState(found.isInText),
      };
    },
  });
  registerProviders(id);
}

class LineState implements languages.IState {
  readonly isInText: boolean;

  constructor(isInText: boolean) {
    this.isInText = isInText;
  }

  clone(): LineState {
    return this;
  }

  equals(other: languages.IState): boolean {
    return other instanceof LineState && other.isInText === this.isInText;
  }
}

let shown: string | undefined;

/** Follows `data-theme`; colours are read where the code stands, since that is where its properties hold. */
export function followTheme(element: Element): void {
  const name = document.documentElement.dataset.theme === 'light' ? 'light' : 'dark';
  if (shown === name) return;
  shown = name;
  editor.defineTheme(`skerry-${name}`, themeFrom(element, name === 'dark'));
  editor.setTheme(`skerry-${name}`);
}
