import type { Diagnostic } from '@skerry/shared/base/diagnostic';
import type { SlotLanguage } from '@skerry/shared/metamodel/role';
import type { editor } from 'monaco-editor/editor';
import { useEffect, useEffectEvent, useRef } from 'react';
import styles from './code.module.css';
import { LANGUAGE_IDS } from './languages.ts';
import type { Monaco } from './load-monaco.ts';
import { registerSlot, type Slot } from './slots.ts';

export interface CodeEditorProps {
  readonly monaco: Monaco;
  readonly language: SlotLanguage;
  readonly label: string;
  /** Asked whenever the place is needed. */
  readonly slot: () => Slot;
  /** When the editor opens. */
  readonly text: string;
  readonly caret: { readonly start: number; readonly end: number };
  /** The value as the document has it: applied when it is none of what was typed here. */
  readonly value: string;
  readonly isMultiline: boolean;
  /** Rows it grows to before it scrolls. */
  readonly maxLines: number;
  readonly problems: readonly Diagnostic[];
  readonly onChange: (text: string) => void;
  readonly onEnter: () => void;
  readonly onEscape: () => void;
  readonly onBlur: () => void;
}

const LINE_HEIGHT = 18;

/** The editor of one field. It lives while the field has the focus; undo within it is its own. */
export function CodeEditor(props: CodeEditorProps) {
  const { monaco, language, value } = props;
  const container = useRef<HTMLDivElement>(null);
  const opened = useRef<editor.IStandaloneCodeEditor | undefined>(undefined);
  const typed = useRef(new Set<string>());
  const now = useEffectEvent(() => props);

  useEffect(() => {
    const element = container.current;
    if (!element) return;
    const first = now();
    monaco.followTheme(element);
    const slot = registerSlot(() => now().slot());
    const model = monaco.editor.createModel(first.text, LANGUAGE_IDS[language], monaco.Uri.parse(slot.uri));
    const code = monaco.editor.create(element, { ...OPTIONS, model, ariaLabel: first.label });
    opened.current = code;
    const fit = () => {
      const height = Math.min(code.getContentHeight(), first.maxLines * LINE_HEIGHT);
      code.layout({ width: element.clientWidth - 2, height: Math.max(LINE_HEIGHT, height) });
    };
    const resized = new ResizeObserver(fit);
    resized.observe(element.parentElement ?? element);
    code.onDidContentSizeChange(fit);
    model.onDidChangeContent(() => {
      const text = model.getValue();
      if (!now().isMultiline && /[\r\n]/.test(text)) {
        // A pasted line break would end the field's one line.
        model.setValue(text.replace(/\s*[\r\n]+\s*/g, ' '));
        return;
      }
      typed.current.add(text);
      now().onChange(text);
    });
    const free = '!suggestWidgetVisible && !parameterHintsVisible';
    const add = (id: string, keybinding: number, precondition: string, run: () => void) =>
      code.addAction({ id: `skerry.${id}`, label: id, keybindings: [keybinding], precondition, run });
    const { KeyCode, KeyMod } = monaco;
    if (first.isMultiline) add('commit', KeyMod.CtrlCmd | KeyCode.Enter, free, () => now().onEnter());
    else add('commit', KeyCode.Enter, '!suggestWidgetVisible', () => now().onEnter());
    add('restore', KeyCode.Escape, free, () => now().onEscape());
    add('definition', KeyCode.F12, 'editorTextFocus', () => {
      const position = code.getPosition();
      if (position) void monaco.goToDefinition(model, position);
    });
    code.onMouseDown(({ event, target }) => {
      if ((event.ctrlKey || event.metaKey) && target.position) void monaco.goToDefinition(model, target.position);
    });
    code.onDidBlurEditorWidget(() => now().onBlur());
    const { start, end } = first.caret;
    code.setSelection(monaco.rangeOf(model, { start, end }));
    fit();
    code.focus();
    const keep = (event: KeyboardEvent) => {
      // Undo and redo of the project must not see what belongs to the text.
      if ((event.ctrlKey || event.metaKey) && /^[zy]$/i.test(event.key)) event.stopPropagation();
    };
    element.addEventListener('keydown', keep);
    return () => {
      element.removeEventListener('keydown', keep);
      resized.disconnect();
      opened.current = undefined;
      code.dispose();
      model.dispose();
      slot.dispose();
    };
  }, [monaco, language]);

  useEffect(() => {
    const model = opened.current?.getModel();
    if (model && model.getValue() !== value && !typed.current.has(value)) model.setValue(value);
  }, [value]);

  useEffect(() => {
    const model = opened.current?.getModel();
    if (!model) return;
    const severity = { error: 8, warning: 4, information: 2 } as const;
    const markers = props.problems.map((problem) => ({
      ...monaco.rangeOf(model, problem.span ?? { start: 0, end: model.getValueLength() }),
      severity: severity[problem.severity],
      message: problem.message,
      source: problem.code,
    }));
    monaco.editor.setModelMarkers(model, 'skerry', markers);
  }, [monaco, props.problems]);

  return <div ref={container} className={styles.editor} />;
}

const OPTIONS: editor.IStandaloneEditorConstructionOptions = {
  automaticLayout: false,
  minimap: { enabled: false },
  lineNumbers: 'off',
  glyphMargin: false,
  folding: false,
  lineDecorationsWidth: 7,
  lineNumbersMinChars: 0,
  renderLineHighlight: 'none',
  overviewRulerLanes: 0,
  overviewRulerBorder: false,
  hideCursorInOverviewRuler: true,
  scrollbar: { vertical: 'auto', horizontal: 'hidden', alwaysConsumeMouseWheel: false, verticalScrollbarSize: 8 },
  scrollBeyondLastLine: false,
  scrollBeyondLastColumn: 0,
  wordWrap: 'on',
  wrappingStrategy: 'advanced',
  fixedOverflowWidgets: true,
  fontFamily: 'var(--font-mono)',
  fontSize: 12,
  lineHeight: LINE_HEIGHT,
  contextmenu: false,
  tabFocusMode: true,
  wordBasedSuggestions: 'off',
  quickSuggestions: { strings: true, comments: false, other: true },
  quickSuggestionsDelay: 20,
  occurrencesHighlight: 'off',
  selectionHighlight: false,
  links: false,
  stickyScroll: { enabled: false },
  padding: { top: 0, bottom: 0 },
  find: { addExtraSpaceOnTop: false, seedSearchStringFromSelection: 'never' },
  unicodeHighlight: { ambiguousCharacters: false },
  suggest: { showWords: false, preview: false, showStatusBar: false },
  accessibilitySupport: 'auto',
};
