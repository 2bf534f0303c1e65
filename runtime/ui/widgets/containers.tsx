import type { Action } from '@skerry/shared/metamodel/action';
import type { DataType } from '@skerry/shared/metamodel/data-type';
import { ChevronDown } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useId, useMemo, useRef, useState } from 'react';
import { ScopeContext, useApp, useCached, useScope } from '../app-context.ts';
import { evaluate, evaluateCondition } from '../data/evaluation.ts';
import { useSource } from '../data/use-source.ts';
import { ObjectScope } from './scope-provider.tsx';
import { useAction } from './use-action.ts';
import { classes, styleOf, WidgetList, type WidgetProps } from './widget-view.tsx';

/** A place that acts when touched, and is a button to keyboard and screen reader then. */
export function Touchable({
  action,
  className,
  style,
  children,
}: {
  readonly action: Action;
  readonly className: string;
  readonly style?: { [property: string]: string } | undefined;
  readonly children: ReactNode;
}) {
  const { idle, busy, run } = useAction(action);
  if (idle) {
    return (
      <div className={className} style={style}>
        {children}
      </div>
    );
  }
  return (
    // A real button may not hold headings and lists, which cards do.
    // biome-ignore lint/a11y/useSemanticElements: see above
    <div
      className={classes(className, 'touchable')}
      style={style}
      role="button"
      tabIndex={0}
      aria-busy={busy}
      onClick={run}
      onKeyDown={(event: KeyboardEvent) => {
        // Keys for a control inside are not for the place around it.
        if ((event.key === 'Enter' || event.key === ' ') && event.target === event.currentTarget) {
          event.preventDefault();
          run();
        }
      }}
    >
      {children}
    </div>
  );
}

export function ContainerWidget({ widget }: WidgetProps<'container'>) {
  return (
    <Touchable action={widget.onClick} className={classes('container', widget.class)} style={styleOf(widget.style)}>
      <WidgetList widgets={widget.widgets} />
    </Touchable>
  );
}

export function ColumnsWidget({ widget }: WidgetProps<'columns'>) {
  return (
    <div
      className={classes('columns', widget.keepOnPhone && 'columns-kept', widget.class)}
      style={styleOf(widget.style)}
    >
      {widget.columns.map((column) => (
        <div key={column.id} style={{ '--weight': column.weight } as { [property: string]: number }}>
          <WidgetList widgets={column.widgets} />
        </div>
      ))}
    </div>
  );
}

export function TabsWidget({ widget }: WidgetProps<'tabs'>) {
  const app = useApp();
  const { variables } = useScope();
  const id = useId();
  const [chosen, choose] = useState<string | null>(null);
  const list = useRef<HTMLDivElement>(null);
  const visible = useCached(() => widget.tabs.filter((tab) => evaluateCondition(tab.visible, variables, app)));
  const tabs = visible.ready ? visible.value : widget.tabs;
  const open = tabs.find((tab) => tab.id === chosen) ?? tabs[0];
  if (!open) return null;

  function move(event: KeyboardEvent) {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0 || !open) return;
    const next = tabs[(tabs.indexOf(open) + step + tabs.length) % tabs.length];
    if (!next) return;
    choose(next.id);
    list.current?.querySelector<HTMLElement>(`[data-tab="${next.id}"]`)?.focus();
  }

  return (
    <div className={classes('tabs', widget.class)}>
      <div className="tabs-list" role="tablist" ref={list} onKeyDown={move}>
        {tabs.map((tab) => (
          <button
            key={tab.id}
            type="button"
            role="tab"
            id={`${id}-${tab.id}`}
            data-tab={tab.id}
            aria-selected={tab === open}
            aria-controls={`${id}-panel`}
            tabIndex={tab === open ? 0 : -1}
            onClick={() => choose(tab.id)}
          >
            {app.words(tab.caption)}
          </button>
        ))}
      </div>
      <div className="tabs-panel" role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${open.id}`}>
        <WidgetList key={open.id} widgets={open.widgets} />
      </div>
    </div>
  );
}

export function GroupBoxWidget({ widget }: WidgetProps<'groupBox'>) {
  const { words } = useApp();
  const body = <WidgetList widgets={widget.widgets} />;
  if (!widget.collapsible) {
    return (
      <section className={classes('group', widget.class)}>
        <h2 className="group-title">{words(widget.caption)}</h2>
        {body}
      </section>
    );
  }
  return (
    <details className={classes('group', widget.class)} open>
      <summary className="group-title">
        {words(widget.caption)}
        <ChevronDown size={18} aria-hidden />
      </summary>
      {body}
    </details>
  );
}

export function DataViewWidget({ widget }: WidgetProps<'dataView'>) {
  const { say, words } = useApp();
  const { objects, state, failure } = useSource(widget.source);
  const object = objects[0];
  if (object) {
    return (
      <div className={classes('data-view', widget.class)}>
        <ObjectScope object={object} readOnly={widget.readOnly}>
          <WidgetList widgets={widget.widgets} />
        </ObjectScope>
      </div>
    );
  }
  if (state === 'loading') return <div className="skeleton skeleton-card" aria-hidden="true" />;
  const empty = failure?.message ?? words(widget.empty);
  return empty ? (
    <p className="empty-note">{empty}</p>
  ) : widget.source.kind === 'context' ? (
    <p className="empty-note">{say('gone')}</p>
  ) : null;
}

export function SnippetCallWidget({ widget }: WidgetProps<'snippetCall'>) {
  const app = useApp();
  const outer = useScope();
  const snippet = app.content.model.find('snippet', widget.snippet)?.content;
  const args = useCached(
    () => new Map(Object.entries(widget.arguments).map(([name, text]) => [name, evaluate(text, outer.variables, app)])),
  );
  const values = args.ready ? args.value : null;
  const first = snippet?.parameters.find(({ type }) => type.kind === 'Object');
  // Equal arguments must give an equal scope, or everything inside would ask for its data again on every render.
  const identity = values
    ? JSON.stringify([...values], (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))
    : null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: identity stands for values
  const scope = useMemo(() => {
    const current = first && values ? values.get(first.name) : outer.variables.get('currentObject');
    const variables = new Map([
      ...(values ?? []),
      ...(current === undefined ? [] : ([['currentObject', current]] as const)),
    ]);
    return { variables, entity: entityOf(first?.type) ?? outer.entity, readOnly: outer.readOnly };
  }, [identity, snippet, outer]);
  if (!snippet || !values) return null;
  return (
    <ScopeContext value={scope}>
      <WidgetList widgets={snippet.widgets} />
    </ScopeContext>
  );
}

function entityOf(type: DataType | undefined): string | null {
  return type?.kind === 'Object' ? type.entity : null;
}
