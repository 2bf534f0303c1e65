import type { IDockviewPanelProps } from 'dockview-react';
import { Component, type ComponentType, lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import { Button } from '../design/button.tsx';
import { EmptyState } from '../design/empty-state.tsx';
import { Spinner } from '../design/spinner.tsx';
import { DOCUMENT_EDITOR } from '../editors/document/declaration.ts';
import type { EditorDeclaration, EditorProps } from '../editors/editor.ts';
import { editorOf } from '../editors/registry.ts';
import { useProject } from '../model/project-store.ts';
import { useWords } from '../words/index.ts';
import { describeDocument } from './document-info.ts';
import styles from './editor-panel.module.css';

const loaded = new Map<string, ComponentType<EditorProps>>();

function componentOf(editor: EditorDeclaration): ComponentType<EditorProps> {
  let component = loaded.get(editor.id);
  if (!component) {
    component = lazy(async () => ({ default: await editor.load() }));
    loaded.set(editor.id, component);
  }
  return component;
}

/** What a tab shows: the editor of the document's kind, or why there is none. */
export function EditorPanel({ api, params }: IDockviewPanelProps<{ path: string }>) {
  const t = useWords('workbench');
  const { path } = params;
  const isActive = useIsVisible(api);
  const isThere = useProject(({ content }) => content.has(path));
  const isUnreadable = useProject(({ unparsed }) => unparsed.includes(path));
  const info = describeDocument(path);
  if (isUnreadable) {
    return (
      <div className={styles.panel}>
        <EmptyState icon="error" title={t('editor.unreadable')}>
          {t('editor.unreadableHint')}
        </EmptyState>
      </div>
    );
  }
  if (!isThere || !info) {
    return (
      <div className={styles.panel}>
        <EmptyState
          icon="trash"
          title={t('tab.gone')}
          action={<Button onClick={() => api.close()}>{t('tab.closeIt')}</Button>}
        >
          {t('tab.goneHint')}
        </EmptyState>
      </div>
    );
  }
  const Editor = componentOf(editorOf(info.kind) ?? DOCUMENT_EDITOR);
  return (
    <div tabIndex={-1} data-editor={path} className={styles.panel}>
      <EditorBoundary key={path}>
        <Suspense
          fallback={
            <div className={styles.loading}>
              <Spinner label={t('editor.loading', { title: info.title })} />
            </div>
          }
        >
          <Editor path={path} isActive={isActive} />
        </Suspense>
      </EditorBoundary>
    </div>
  );
}

function useIsVisible(api: IDockviewPanelProps['api']): boolean {
  const [isVisible, setIsVisible] = useState(api.isVisible);
  useEffect(() => {
    setIsVisible(api.isVisible);
    const listening = api.onDidVisibilityChange((event) => setIsVisible(event.isVisible));
    return () => listening.dispose();
  }, [api]);
  return isVisible;
}

interface BoundaryState {
  readonly error: Error | undefined;
}

/** One editor's defect costs that editor, not the workbench. */
class EditorBoundary extends Component<{ readonly children: ReactNode }, BoundaryState> {
  override state: BoundaryState = { error: undefined };

  static getDerivedStateFromError(error: Error): BoundaryState {
    return { error };
  }

  override render(): ReactNode {
    if (!this.state.error) return this.props.children;
    return <EditorFailed error={this.state.error} onRetry={() => this.setState({ error: undefined })} />;
  }
}

function EditorFailed({ error, onRetry }: { readonly error: Error; readonly onRetry: () => void }) {
  const t = useWords('workbench');
  return (
    <EmptyState icon="bug" title={t('editor.failed')} action={<Button onClick={onRetry}>{t('editor.retry')}</Button>}>
      {error.message}
    </EmptyState>
  );
}
