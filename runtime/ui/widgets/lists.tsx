import type { ObjectValue } from '@skerry/shared/expression/value';
import type { WidgetOf } from '@skerry/shared/metamodel/widget';
import { CloudUpload, Search, TriangleAlert, X } from 'lucide-react';
import { type ReactNode, useDeferredValue, useMemo, useState } from 'react';
import { useApp, useCached, usePage, useScope } from '../app-context.ts';
import { attributeAt, readPath } from '../data/evaluation.ts';
import { formatForPeople } from '../data/format.ts';
import { type SourceObjects, useSource } from '../data/use-source.ts';
import { Touchable } from './containers.tsx';
import { ObjectScope } from './scope-provider.tsx';
import { classes, WidgetList, type WidgetProps } from './widget-view.tsx';

type ListWidget = WidgetOf<'listView'> | WidgetOf<'gallery'> | WidgetOf<'dataGrid'>;

interface ListFrameProps {
  readonly widget: ListWidget;
  children(objects: readonly ObjectValue[]): ReactNode;
}

/** What all lists share: search, growing page by page, waiting, emptiness. */
function ListFrame({ widget, children }: ListFrameProps) {
  const { say, words } = useApp();
  const [text, setText] = useState('');
  const [limit, setLimit] = useState(widget.pageSize);
  const searched = useDeferredValue(text);
  const options = useMemo(
    () => ({ limit, search: { text: searched, members: widget.search } }),
    [limit, searched, widget.search],
  );
  const found = useSource(widget.source, options);
  return (
    <div className={classes('list', widget.class)} data-pull={widget.pullToRefresh ? undefined : 'off'}>
      {widget.search.length > 0 && (
        <div className="search">
          <Search size={18} aria-hidden />
          <input
            type="search"
            value={text}
            placeholder={say('search')}
            aria-label={say('search')}
            onChange={(event) => setText(event.target.value)}
          />
          {text && (
            <button type="button" aria-label={say('clear')} onClick={() => setText('')}>
              <X size={16} aria-hidden />
            </button>
          )}
        </div>
      )}
      {found.state === 'loading' ? (
        <ListSkeleton />
      ) : found.objects.length === 0 ? (
        <p className="empty-note" role="status">
          {emptyText(found, searched, words(widget.empty), say)}
        </p>
      ) : (
        children(found.objects)
      )}
      {found.more && (
        <button
          type="button"
          className="button button-link list-more"
          onClick={() => setLimit(limit + widget.pageSize)}
        >
          {say('loadMore')}
        </button>
      )}
    </div>
  );
}

function emptyText(found: SourceObjects, searched: string, own: string, say: ReturnType<typeof useApp>['say']): string {
  if (found.failure) return found.failure.message;
  return searched ? say('nothingFound', searched) : own || say('nothingHere');
}

function ListSkeleton() {
  return (
    <div aria-hidden="true">
      {[0, 1, 2].map((row) => (
        <div key={row} className="skeleton skeleton-row" />
      ))}
    </div>
  );
}

export function ListViewWidget({ widget }: WidgetProps<'listView'>) {
  return (
    <ListFrame widget={widget}>
      {(objects) => (
        <ul className="rows">
          {objects.map((object) => (
            <li key={object.id}>
              <ObjectScope object={object} readOnly>
                <Selectable widget={widget} object={object}>
                  <WidgetList widgets={widget.widgets} />
                </Selectable>
              </ObjectScope>
            </li>
          ))}
        </ul>
      )}
    </ListFrame>
  );
}

export function GalleryWidget({ widget }: WidgetProps<'gallery'>) {
  return (
    <ListFrame widget={widget}>
      {(objects) => (
        <ul className="gallery" style={{ '--columns': widget.columns } as { [property: string]: number }}>
          {objects.map((object) => (
            <li key={object.id}>
              <ObjectScope object={object} readOnly>
                <Selectable widget={widget} object={object}>
                  <WidgetList widgets={widget.widgets} />
                </Selectable>
              </ObjectScope>
            </li>
          ))}
        </ul>
      )}
    </ListFrame>
  );
}

/** A row: acts when touched, is the selection others listen to, and says what the service does not know yet. */
function Selectable({
  widget,
  object,
  children,
}: {
  readonly widget: ListWidget;
  readonly object: ObjectValue;
  readonly children: ReactNode;
}) {
  const page = usePage();
  return (
    <div className="row-frame" onClickCapture={() => page.select(widget.name, object.id)}>
      <Touchable action={widget.onClick} className="row-body">
        {children}
        <RowMark object={object} />
      </Touchable>
    </div>
  );
}

export function RowMark({ object }: { readonly object: ObjectValue }) {
  const { cache, say } = useApp();
  const snapshot = useCached(() => cache.get(object.id));
  if (!snapshot.ready || !snapshot.value) return null;
  const { inInbox, isPending } = snapshot.value;
  if (inInbox) {
    return (
      <span className="mark mark-attention">
        <TriangleAlert size={13} aria-hidden />
        {say('inInbox')}
      </span>
    );
  }
  if (!isPending) return null;
  return (
    <span className="mark mark-pending">
      <CloudUpload size={13} aria-hidden />
      {say('pending')}
    </span>
  );
}

export function DataGridWidget({ widget }: WidgetProps<'dataGrid'>) {
  const { words } = useApp();
  return (
    <ListFrame widget={widget}>
      {(objects) => (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        <section className="grid-scroll" tabIndex={0} aria-label={widget.name}>
          <table className="grid">
            <thead>
              <tr>
                {widget.columns.map((column) => (
                  <th key={column.id} scope="col" style={column.width ? { width: column.width } : undefined}>
                    {words(column.caption)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {objects.map((object) => (
                <ObjectScope key={object.id} object={object} readOnly>
                  <GridRow widget={widget} object={object} />
                </ObjectScope>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </ListFrame>
  );
}

/** Shown at the right edge, so that digits stand below each other. A serial number is a name, not a quantity. */
const NUMERIC: ReadonlySet<string> = new Set(['Integer', 'Long', 'Decimal']);

function GridRow({ widget, object }: { readonly widget: WidgetOf<'dataGrid'>; readonly object: ObjectValue }) {
  const page = usePage();
  const { content } = useApp();
  const first = widget.columns[0];
  const numbers = new Set(
    widget.columns
      .filter(({ path }) => NUMERIC.has(attributeAt(content, object.entity, path)?.type.kind ?? ''))
      .map(({ id }) => id),
  );
  return (
    <tr onClickCapture={() => page.select(widget.name, object.id)}>
      {widget.columns.map((column) => (
        <td key={column.id} className={numbers.has(column.id) ? 'grid-number' : undefined}>
          {column === first ? (
            <Touchable action={widget.onClick} className="grid-first">
              <GridCell object={object} path={column.path} />
            </Touchable>
          ) : (
            <GridCell object={object} path={column.path} />
          )}
        </td>
      ))}
    </tr>
  );
}

function GridCell({ object, path }: { readonly object: ObjectValue; readonly path: string }) {
  const app = useApp();
  const scope = useScope();
  const text = useCached(() =>
    formatForPeople(
      readPath(object, path, app),
      app,
      attributeAt(app.content, scope.entity ?? object.entity, path)?.type,
    ),
  );
  return text.ready ? text.value : <span className="skeleton" aria-hidden="true" />;
}
