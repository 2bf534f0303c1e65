import type { editor } from 'monaco-editor/editor';
import { SEGMENT_KINDS } from './highlight.ts';

/** The editor's colours, read from the custom properties that hold at `element`; the editor takes hexadecimal only. */
export function themeFrom(element: Element, isDark: boolean): editor.IStandaloneThemeData {
  const style = getComputedStyle(element);
  const hex = colourReader();
  const token = (name: string) => hex(style.getPropertyValue(`--${name}`).trim());
  return {
    base: isDark ? 'vs-dark' : 'vs',
    inherit: true,
    rules: [
      ...SEGMENT_KINDS.map((kind) => ({ token: `skerry.${kind}`, foreground: token(`code-${kind}`).slice(1) })),
      { token: 'string.key.json', foreground: token('code-type').slice(1) },
      { token: 'string.value.json', foreground: token('code-text').slice(1) },
      { token: 'number.json', foreground: token('code-number').slice(1) },
      { token: 'keyword.json', foreground: token('code-keyword').slice(1) },
    ],
    colors: {
      'editor.background': token('surface-0'),
      'editor.foreground': token('text-1'),
      'editorCursor.foreground': token('accent'),
      'editor.selectionBackground': token('accent-soft'),
      'editorLineNumber.foreground': token('text-3'),
      'editorLineNumber.activeForeground': token('text-1'),
      'editorBracketMatch.background': token('accent-soft'),
      'editorBracketMatch.border': token('accent'),
      'editorError.foreground': token('error'),
      'editorWarning.foreground': token('warning'),
      'editorInfo.foreground': token('info'),
      'editorWidget.background': token('surface-raised'),
      'editorWidget.foreground': token('text-1'),
      'editorWidget.border': token('border-strong'),
      'editorSuggestWidget.background': token('surface-raised'),
      'editorSuggestWidget.foreground': token('text-1'),
      'editorSuggestWidget.border': token('border-strong'),
      'editorSuggestWidget.selectedBackground': token('accent-soft'),
      'editorSuggestWidget.selectedForeground': token('text-1'),
      'editorSuggestWidget.highlightForeground': token('accent'),
      'editorSuggestWidget.focusHighlightForeground': token('accent-strong'),
      'editorHoverWidget.background': token('surface-raised'),
      'editorHoverWidget.foreground': token('text-1'),
      'editorHoverWidget.border': token('border-strong'),
      'input.placeholderForeground': token('text-3'),
      focusBorder: token('focus'),
    },
  };
}

/** Any CSS colour as #rrggbb, by painting one pixel. */
function colourReader(): (colour: string) => string {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 1;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  return (colour) => {
    if (/^#[0-9a-f]{6}$/i.test(colour) || !context) return colour;
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
    return `#${[red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')}`;
  };
}
