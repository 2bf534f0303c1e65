import type { Diagnostic } from '@skerry/shared/base/diagnostic';
import type { SlotLanguage } from '@skerry/shared/metamodel/role';
import type { DocumentPath } from '@skerry/shared/metamodel/walk';
import { type FocusEvent, type MouseEvent, useEffect, useId, useRef, useState } from 'react';
import { useHost } from '../host/host-link.ts';
import styles from './code.module.css';
import { CodeEditor } from './code-editor.tsx';
import { loadMonacoWhenIdle, useMonaco } from './load-monaco.ts';
import { SlotMessages } from './slot-messages.tsx';
import { useSlotProblems } from './slot-problems.ts';
import { StaticCode } from './static-code.tsx';

export interface CodeFieldProps {
  readonly document: string;
  /** From the document's root, indexes in lists. */
  readonly path: DocumentPath;
  readonly language: SlotLanguage;
  readonly value: string;
  /** With every keystroke. */
  readonly onChange: (text: string) => void;
  /** Enter (Ctrl+Enter where a line break is legal), and when the focus leaves. */
  readonly onCommit?: ((text: string) => void) | undefined;
  readonly label: string;
  /** Rows it grows to. One when absent, and Enter commits. */
  readonly lines?: number | undefined;
  readonly placeholder?: string | undefined;
  readonly disabled?: boolean | undefined;
  /** False: somebody else shows the messages. */
  readonly showsMessages?: boolean | undefined;
}

/** A text in one of the languages: highlighted and still until it has the focus, then an editor. */
export function CodeField(props: CodeFieldProps) {
  const { document, path, language, value, label, lines = 1, disabled } = props;
  const messages = useId();
  const [editing, setEditing] = useState<Editing | undefined>(undefined);
  const stored = useSlotProblems(document, path);
  const live = useLiveProblems(props, editing?.text);
  const problems = live ?? stored;
  const worst = problems.some(({ severity }) => severity === 'error')
    ? 'error'
    : problems.some(({ severity }) => severity === 'warning')
      ? 'warning'
      : undefined;
  useEffect(loadMonacoWhenIdle, []);

  const change = (text: string) => {
    setEditing((now) => now && { ...now, text });
    props.onChange(text);
  };
  const leave = (text: string) => {
    setEditing(undefined);
    if (editing && text !== editing.initial) props.onCommit?.(text);
  };
  const still = useRef<HTMLDivElement>(null);
  const leaveToStill = (text: string) => {
    leave(text);
    // The focus stays on the field, so that the keyboard goes on from here.
    requestAnimationFrame(() => still.current?.focus());
  };
  const begin = (caret: { start: number; end: number }) => {
    if (!disabled) setEditing({ initial: value, text: value, caret });
  };

  return (
    <div className={styles.code}>
      <div
        className={styles.field}
        data-invalid={worst === 'error' || undefined}
        data-warned={worst === 'warning' || undefined}
      >
        {editing ? (
          <Editing
            {...props}
            editing={editing}
            problems={problems}
            onChange={change}
            onEnter={() => leaveToStill(editing.text)}
            onEscape={() => {
              if (editing.text !== editing.initial) props.onChange(editing.initial);
              leaveToStill(editing.initial);
            }}
            onBlur={() => leave(editing.text)}
          />
        ) : (
          // biome-ignore lint/a11y/useSemanticElements: an input cannot show highlighted text
          <div
            ref={still}
            role="textbox"
            tabIndex={0}
            aria-label={label}
            aria-multiline={lines > 1}
            aria-readonly={disabled}
            aria-invalid={worst === 'error' || undefined}
            aria-describedby={problems.length > 0 ? messages : undefined}
            className={`${styles.static} ${lines > 1 ? styles.lines : ''} ${disabled ? styles.disabled : ''}`}
            style={lines > 1 ? { maxHeight: lines * 18 + 6, overflowY: 'auto' } : undefined}
            onMouseDown={(event) => {
              if (event.button !== 0 || disabled) return;
              event.preventDefault();
              const offset = offsetAt(event) ?? value.length;
              begin({ start: offset, end: offset });
            }}
            onFocus={(event) => {
              if (isByKeyboard(event)) begin({ start: 0, end: value.length });
            }}
            onKeyDown={(event) => {
              if (event.key === 'Enter' || event.key === 'F2') {
                event.preventDefault();
                begin({ start: value.length, end: value.length });
              } else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey && !disabled) {
                event.preventDefault();
                const text = event.key;
                setEditing({ initial: value, text, caret: { start: 1, end: 1 } });
                props.onChange(text);
              }
            }}
          >
            {value === '' ? (
              <span className={styles.placeholder}>{props.placeholder ?? '\u00a0'}</span>
            ) : (
              <StaticCode text={value} language={language} problems={problems} />
            )}
          </div>
        )}
      </div>
      {props.showsMessages !== false && problems.length > 0 && <SlotMessages id={messages} problems={problems} />}
    </div>
  );
}

interface Editing {
  readonly initial: string;
  readonly text: string;
  readonly caret: { readonly start: number; readonly end: number };
}

interface EditingProps extends CodeFieldProps {
  readonly editing: Editing;
  readonly problems: readonly Diagnostic[];
  readonly onEnter: () => void;
  readonly onEscape: () => void;
  readonly onBlur: () => void;
}

function Editing(props: EditingProps) {
  const { editing, lines = 1 } = props;
  const { ask } = useHost();
  const monaco = useMonaco();
  const waiting = useRef<HTMLTextAreaElement>(null);
  const caret = useRef(editing.caret);
  if (monaco) {
    return (
      <CodeEditor
        monaco={monaco}
        language={props.language}
        label={props.label}
        slot={() => ({ document: props.document, path: props.path, ask })}
        text={editing.text}
        caret={caret.current}
        value={props.value}
        isMultiline={lines > 1}
        maxLines={Math.max(lines, 8)}
        problems={props.problems}
        onChange={props.onChange}
        onEnter={props.onEnter}
        onEscape={props.onEscape}
        onBlur={props.onBlur}
      />
    );
  }
  // The editor's code is still on its way: what is typed meanwhile counts.
  return (
    <textarea
      ref={(element) => {
        if (element && waiting.current !== element) {
          waiting.current = element;
          element.focus();
          element.setSelectionRange(editing.caret.start, editing.caret.end);
        }
      }}
      rows={1}
      aria-label={props.label}
      className={styles.waiting}
      value={editing.text}
      onChange={(event) => props.onChange(event.target.value)}
      onSelect={({ currentTarget }) => {
        caret.current = { start: currentTarget.selectionStart, end: currentTarget.selectionEnd };
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') props.onEscape();
        if (event.key === 'Enter' && lines === 1) {
          event.preventDefault();
          props.onEnter();
        }
      }}
      onBlur={(event) => {
        // When the editor takes its place the textarea goes, and that is no leaving.
        if (event.currentTarget.isConnected) props.onBlur();
      }}
    />
  );
}

/** Problems of the text as it is being typed, before the project knows it; undefined while nothing is edited. */
function useLiveProblems(props: CodeFieldProps, text: string | undefined): readonly Diagnostic[] | undefined {
  const { ask } = useHost();
  const { document } = props;
  const path = JSON.stringify(props.path);
  const [found, setFound] = useState<{ text: string; problems: readonly Diagnostic[] } | undefined>(undefined);
  useEffect(() => {
    if (text === undefined) {
      setFound(undefined);
      return;
    }
    let isOutdated = false;
    const timer = setTimeout(() => {
      ask('language/diagnose', { document, path: JSON.parse(path), text }).then(
        (problems) => !isOutdated && setFound({ text, problems: problems as readonly Diagnostic[] }),
        // No answer is no finding; the problems of the project are told apart from this.
        () => undefined,
      );
    }, 60);
    return () => {
      isOutdated = true;
      clearTimeout(timer);
    };
  }, [ask, document, path, text]);
  if (text === undefined) return undefined;
  return found?.problems;
}

function isByKeyboard(event: FocusEvent): boolean {
  return event.relatedTarget !== null && event.currentTarget.matches(':focus-visible');
}

/** Where in the text a press on the still field landed. */
function offsetAt(event: MouseEvent<HTMLElement>): number | undefined {
  const found = document.caretPositionFromPoint?.(event.clientX, event.clientY);
  if (!found || !event.currentTarget.contains(found.offsetNode)) return undefined;
  const range = document.createRange();
  range.selectNodeContents(event.currentTarget);
  range.setEnd(found.offsetNode, found.offset);
  return range.toString().length;
}
