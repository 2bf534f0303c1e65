import type { Page } from '@skerry/shared/metamodel/page';
import { ArrowLeft, X } from 'lucide-react';
import { type ReactNode, useEffect, useMemo, useRef } from 'react';
import { perform } from '../actions/perform.ts';
import { savingAction } from '../actions/saving-action.ts';
import { createPageState, PageContext, type Scope, ScopeContext, useApp } from '../app-context.ts';
import type { PageEntry } from '../data/page-stack.ts';
import { fromPlain } from '../data/plain-value.ts';
import { isObject } from '../data/use-source.ts';
import { WidgetList } from '../widgets/widget-view.tsx';
import { PlaceholderContext } from './page-placeholder.tsx';
import { PullToRefresh } from './pull-to-refresh.tsx';
import type { LeaveGuard } from './use-leave-guard.ts';

interface PageViewProps {
  readonly entry: PageEntry;
  /** Whether there is a page to go back to. */
  readonly canGoBack: boolean;
  readonly active: boolean;
  /** The sync pill, at the header's end. */
  readonly pill: ReactNode;
  /** What is to be said on whatever page is open. */
  readonly banner?: ReactNode;
  readonly guard: LeaveGuard;
}

/** One open page: header, layout, widgets. Pages below the top one stay mounted, with what they hold, but hidden. */
export function PageView({ entry, canGoBack, active, pill, banner, guard }: PageViewProps) {
  const app = useApp();
  const { content, say, words } = app;
  const page = content.model.find('page', entry.page)?.content;
  const layout = page ? content.model.find('layout', page.layout)?.content : undefined;
  const state = useMemo(createPageState, []);
  const scope = useMemo(() => scopeOf(page, entry), [page, entry]);
  const heading = useRef<HTMLHeadingElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const pulls = pill !== null && content.navigation.synchronization.triggers.pullToRefresh;

  useEffect(() => {
    // A new page is announced by moving the focus to its heading.
    if (active && canGoBack) heading.current?.focus();
  }, [active, canGoBack]);

  const save = useMemo(() => (page ? savingAction(content.model, page.widgets) : null), [content, page]);
  useEffect(() => {
    const current = scope.variables.get('currentObject');
    return guard.register(entry.key, {
      state,
      current: isObject(current) ? current.id : null,
      save:
        save &&
        (() => perform({ ...save, closePage: false }, { app, page: state, scope }).then(() => !state.mayBeEdited())),
    });
  }, [guard, entry.key, state, scope, save, app]);

  if (!page) return <p className="empty-note">{say('pageMissing', entry.page)}</p>;
  const chrome = layout?.chrome ?? 'full';
  return (
    <section className={`page page-${chrome}`} hidden={!active} aria-label={words(page.title)}>
      {chrome === 'none' ? (
        <h1 className="hidden">{words(page.title)}</h1>
      ) : (
        <PageHeader
          title={words(page.title)}
          popup={chrome === 'popup'}
          canGoBack={canGoBack}
          pill={pill}
          headingRef={heading}
        />
      )}
      {active && banner}
      <PageContext value={state}>
        <ScopeContext value={scope}>
          <div className="page-body" ref={body}>
            {pulls && <PullToRefresh body={body} />}
            <PlaceholderContext value={page.widgets}>
              {layout ? <WidgetList widgets={layout.widgets} /> : <WidgetList widgets={page.widgets} />}
            </PlaceholderContext>
          </div>
        </ScopeContext>
      </PageContext>
    </section>
  );
}

function PageHeader(props: {
  readonly title: string;
  readonly popup: boolean;
  readonly canGoBack: boolean;
  readonly pill: ReactNode;
  readonly headingRef: React.RefObject<HTMLHeadingElement | null>;
}) {
  const { say, shell } = useApp();
  return (
    <header className="page-head">
      {props.canGoBack && (
        <button
          type="button"
          className="icon-button"
          aria-label={say(props.popup ? 'close' : 'back')}
          onClick={() => shell.leavePage()}
        >
          {props.popup ? <X size={22} aria-hidden /> : <ArrowLeft size={22} aria-hidden />}
        </button>
      )}
      <h1 ref={props.headingRef} tabIndex={-1}>
        {props.title}
      </h1>
      {props.pill}
    </header>
  );
}

function scopeOf(page: Page | undefined, entry: PageEntry): Scope {
  const variables = new Map(
    (page?.parameters ?? []).map(({ name, type }) => [
      name,
      entry.args[name] ? fromPlain(entry.args[name], type) : null,
    ]),
  );
  const objects = (page?.parameters ?? []).filter(({ type }) => type.kind === 'Object');
  const only = objects.length === 1 ? objects[0] : undefined;
  const current = only ? variables.get(only.name) : undefined;
  if (current !== undefined) variables.set('currentObject', current);
  return { variables, entity: only?.type.kind === 'Object' ? only.type.entity : null, readOnly: false };
}
