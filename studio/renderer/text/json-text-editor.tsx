import { DOCUMENT_KINDS, type DocumentKind } from '@skerry/shared/metamodel/kinds';
import { documentPlace } from '@skerry/shared/metamodel/paths';
import type { editor } from 'monaco-editor/editor';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { toJSONSchema } from 'zod/mini';
import { Icon } from '../design/icon.tsx';
import { useHost } from '../host/host-link.ts';
import { useDocument, useProject } from '../model/project-store.ts';
import { useRun } from '../model/use-run.ts';
import { useWords } from '../words/index.ts';
import { showFault } from '../workbench/messages.ts';
import styles from './code.module.css';
import { useMonaco } from './load-monaco.ts';

const WRITE_AFTER_MS = 400;
let visits = 0;

/**
 * A document as its text, both ways: what is typed becomes the document when it is JSON, what changes elsewhere becomes
 * the text. A file that could not be read when the project opened is read-only here, as everywhere.
 */
export function JsonTextEditor({ document: path }: { readonly document: string }) {
  const t = useWords('text');
  const { ask } = useHost();
  const run = useRun();
  const monaco = useMonaco();
  const content = useDocument(path);
  const isUnparsed = useProject(({ unparsed }) => unparsed.includes(path));
  const container = useRef<HTMLDivElement>(null);
  const code = useRef<editor.IStandaloneCodeEditor | undefined>(undefined);
  const written = useRef<string | undefined>(undefined);
  const [isWaiting, setWaiting] = useState(true);

  const write = useEffectEvent(async (text: string, merge: string) => {
    written.current = text;
    await run('document.setText', { document: path, text, merge });
  });

  const label = useEffectEvent(() => t('document', { path }));

  useEffect(() => {
    const element = container.current;
    if (!monaco || !element) return;
    monaco.followTheme(element);
    const uri = monaco.Uri.parse(`skerry-document:/${path}`);
    tellSchema(monaco, path, uri.toString());
    const model = monaco.editor.getModel(uri) ?? monaco.editor.createModel('', 'json', uri);
    const opened = monaco.editor.create(element, {
      model,
      ariaLabel: label(),
      automaticLayout: true,
      minimap: { enabled: false },
      fontFamily: 'var(--font-mono)',
      fontSize: 12,
      lineHeight: 18,
      readOnly: isUnparsed,
      scrollBeyondLastLine: false,
      fixedOverflowWidgets: true,
      tabSize: 2,
    });
    code.current = opened;
    const merge = `text-${++visits}`;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const flush = () => {
      clearTimeout(timer);
      timer = undefined;
      const text = model.getValue();
      if (isObjectText(text)) void write(text, merge);
    };
    const listening = model.onDidChangeContent((event) => {
      if (event.isFlush) return;
      clearTimeout(timer);
      timer = setTimeout(flush, WRITE_AFTER_MS);
    });
    const left = opened.onDidBlurEditorWidget(() => timer !== undefined && flush());
    const keep = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && /^[zy]$/i.test(event.key)) event.stopPropagation();
    };
    element.addEventListener('keydown', keep);
    return () => {
      if (timer !== undefined) flush();
      element.removeEventListener('keydown', keep);
      listening.dispose();
      left.dispose();
      code.current = undefined;
      opened.dispose();
      model.dispose();
    };
  }, [monaco, path, isUnparsed]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the content's identity says that the text has changed
  useEffect(() => {
    if (!monaco) return;
    let isGone = false;
    ask('document/text', { document: path }).then(
      ({ text }) => {
        const model = code.current?.getModel();
        if (isGone || !model) return;
        setWaiting(false);
        // While it is being typed the text is the writer's own, as long as it means the same.
        if (model.getValue() === text || (code.current?.hasTextFocus() && sameJson(model.getValue(), text))) return;
        const view = code.current?.saveViewState();
        model.setValue(text);
        if (view) code.current?.restoreViewState(view);
      },
      (error) => !isGone && showFault(error),
    );
    return () => {
      isGone = true;
    };
  }, [monaco, ask, path, content]);

  return (
    <div className={`${styles.code} ${styles.document}`} aria-busy={isWaiting}>
      {isUnparsed && (
        <p className={styles.banner} role="status">
          <Icon name="lock" />
          {t('unparsed')}
        </p>
      )}
      <div ref={container} className={styles.documentEditor} />
    </div>
  );
}

function isObjectText(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

function sameJson(a: string, b: string): boolean {
  try {
    return JSON.stringify(JSON.parse(a)) === JSON.stringify(JSON.parse(b));
  } catch {
    // What does not parse is being typed: it must not be taken away.
    return true;
  }
}

const told = new Map<string, { uri: string; fileMatch: string[]; schema: object }>();

/** Tells the editor what the document may hold, so that it underlines and completes. */
function tellSchema(monaco: NonNullable<ReturnType<typeof useMonaco>>, path: string, uri: string): void {
  const kind: DocumentKind | undefined = documentPlace(path)?.kind;
  if (!kind || told.has(uri)) return;
  const schema = toJSONSchema(DOCUMENT_KINDS[kind].schema, { io: 'input', unrepresentable: 'any' });
  told.set(uri, { uri: `skerry-schema:/${kind}/${told.size}`, fileMatch: [uri], schema });
  monaco.jsonDefaults.setDiagnosticsOptions({ validate: true, allowComments: false, schemas: [...told.values()] });
}
