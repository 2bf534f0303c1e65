import { type DragEvent, type MouseEvent, useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { ContextMenu } from '../../design/context-menu.tsx';
import { EmptyState } from '../../design/empty-state.tsx';
import { IconButton } from '../../design/icon-button.tsx';
import type { MenuItem } from '../../design/menu.tsx';
import { useProblemsOf } from '../../model/problems-store.ts';
import { select, useSelectedElements } from '../../workbench/selection.ts';
import { draggedStore, endDrag, startDrag } from './dragged.ts';
import { fits, isHere, type Place, placeAtEnd, pointedPlace } from './places.ts';
import { QuickInsert } from './quick-insert.tsx';
import styles from './structure.module.css';
import { isWithin, type StructureNode, visibleRows } from './structure.ts';
import { FIRST_INDENT, INDENT, kindWords, ROW_HEIGHT, rowId, StructureRow } from './structure-row.tsx';
import type { PageEditing } from './use-page.ts';
import { useProblemsByRow } from './use-problems-by-row.ts';
import { focusProperties, handleTreeKey, stepPlace } from './use-tree-keys.ts';

export interface StructureTreeProps {
  readonly page: PageEditing;
  /** Rows beyond the edges that are drawn all the same. */
  readonly onHover: (id: string | undefined) => void;
  /** Chosen elsewhere: its row is brought into view. */
  readonly revealed: { readonly id: string; readonly at: number } | undefined;
}

const OVERSCAN = 12;
const TOP = 4;

/** The document's widgets as a tree: read, chosen, moved, made. */
export function StructureTree({ page, onHover, revealed }: StructureTreeProps) {
  const { path, structure, t, language } = page;
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const rows = useMemo(() => visibleRows(structure, closed), [structure, closed]);
  const selected = useSelectedElements(path);
  const lead = structure.byId.get(selected.at(-1) ?? '');
  const problems = useProblemsByRow(structure, useProblemsOf(path));
  const dragged = useStore(draggedStore, (state) => state.dragged);
  const [place, setPlace] = useState<Place>();
  const [isInserting, setIsInserting] = useState(false);
  const ground = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState({ top: 0, height: 800 });

  const toggle = (id: string, isOpen: boolean) =>
    setClosed((before) => (isOpen ? new Set([...before].filter((one) => one !== id)) : new Set([...before, id])));
  const choose = (ids: readonly string[]) => select(path, ids);

  useReveal(structure.byId.get(revealed?.id ?? '')?.id ?? lead?.id, revealed?.at, rows, ground);
  useEffect(() => {
    // What is selected elsewhere, or was just made, may stand in a closed one.
    if (lead) setClosed((before) => opened(before, lead));
  }, [lead]);
  useEffect(() => {
    if (!dragged) setPlace(undefined);
  }, [dragged]);
  useEffect(() => {
    const element = ground.current;
    if (!element) return;
    const measure = () => setSeen({ top: element.scrollTop, height: element.clientHeight });
    const watching = new ResizeObserver(measure);
    watching.observe(element);
    element.addEventListener('scroll', measure, { passive: true });
    return () => {
      watching.disconnect();
      element.removeEventListener('scroll', measure);
    };
  }, []);

  const click = (event: MouseEvent) => {
    const opener = (event.target as Element).closest<HTMLElement>('[data-toggle]')?.dataset.toggle;
    const id = rowAt(event.target);
    if (opener !== undefined) toggle(opener, closed.has(opener));
    else if (id === undefined) choose([]);
    else if (event.ctrlKey || event.metaKey)
      choose(selected.includes(id) ? selected.filter((one) => one !== id) : [...selected, id]);
    else if (event.shiftKey && lead) choose(between(rows, lead.id, id));
    else choose([id]);
  };

  const over = (event: DragEvent) => {
    const target = dragged && placeUnder(event);
    setPlace(target);
    if (!target) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = dragged?.make || event.ctrlKey ? 'copy' : 'move';
  };

  function placeUnder(event: DragEvent): Place | undefined {
    if (!dragged || (dragged.document !== undefined && dragged.document !== path)) return undefined;
    const id = rowAt(event.target);
    const node = id === undefined ? undefined : structure.byId.get(id);
    const wanted = node
      ? pointedPlace(structure, pointing(event, node), dragged.load)
      : fits(structure, structure.root, dragged.load)
        ? placeAtEnd(structure)
        : undefined;
    if (!wanted) return undefined;
    if (dragged.make) return page.made(dragged, wanted.slot) ? wanted : undefined;
    return isHere(structure, wanted, dragged.load.moving) ? undefined : wanted;
  }

  function pointing(event: DragEvent, node: StructureNode) {
    const box = (event.target as Element).closest<HTMLElement>('[data-row]')?.getBoundingClientRect();
    const part = box ? (event.clientY - box.top) / box.height : 0.5;
    const depth = box ? Math.floor((event.clientX - box.left - FIRST_INDENT) / INDENT) : node.depth;
    return { node, part, depth, isOpen: !closed.has(node.id) };
  }

  const drop = (event: DragEvent) => {
    event.preventDefault();
    if (dragged && place) page.drop(dragged, place, event.ctrlKey);
    endDrag();
    ground.current?.focus();
  };

  const begin = (event: DragEvent) => {
    const node = structure.byId.get(rowAt(event.target) ?? '');
    if (!node) return;
    const moving = selected.includes(node.id) ? selected : [node.id];
    if (!selected.includes(node.id)) choose([node.id]);
    const load = { takes: node.slot.takes, moving, partOf: node.type === 'widget' ? undefined : node.parent?.kind };
    startDrag(event, { load, document: path, label: kindWords(node, t) });
  };

  const first = Math.max(0, Math.floor((seen.top - TOP) / ROW_HEIGHT) - OVERSCAN);
  const last = Math.min(rows.length, Math.ceil((seen.top + seen.height) / ROW_HEIGHT) + OVERSCAN);
  const target = place && targetOf(place, rows, structure.byId);
  const close = () => {
    setIsInserting(false);
    ground.current?.focus();
  };

  return (
    <section className={styles.frame} aria-label={t('structure')}>
      <header className={styles.header}>
        <h2 className={styles.title}>{t('structure')}</h2>
        <IconButton icon="add" label={t('insertHere')} onClick={() => setIsInserting(true)} />
        <IconButton
          icon="collapse-all"
          label={t('collapseAll')}
          onClick={() => setClosed(new Set(rows.filter((row) => row.children.length > 0).map(({ id }) => id)))}
        />
      </header>
      <ContextMenu items={() => menuItems(page, lead, selected, () => setIsInserting(true))}>
        <div
          ref={ground}
          role="tree"
          aria-label={t('structure')}
          aria-multiselectable
          tabIndex={0}
          {...(lead && rows.indexOf(lead) >= first && rows.indexOf(lead) < last
            ? { 'aria-activedescendant': rowId(lead.id) }
            : {})}
          className={styles.ground}
          onKeyDown={(event) => {
            if (event.target !== event.currentTarget) return;
            const openQuickInsert = () => setIsInserting(true);
            handleTreeKey(event, { page, rows, lead, selected, closed, toggle, select: choose, openQuickInsert });
          }}
          onClick={click}
          onDoubleClick={(event) => rowAt(event.target) !== undefined && focusProperties()}
          onContextMenu={(event) => {
            const id = rowAt(event.target);
            if (id !== undefined && !selected.includes(id)) choose([id]);
          }}
          onPointerOver={(event) => onHover(rowAt(event.target))}
          onPointerLeave={() => onHover(undefined)}
          onDragStart={begin}
          onDragEnd={endDrag}
          onDragOver={over}
          onDragLeave={(event) => !event.currentTarget.contains(event.relatedTarget as Node) && setPlace(undefined)}
          onDrop={drop}
        >
          <div role="presentation" style={{ height: first * ROW_HEIGHT }} />
          {rows.slice(first, last).map((node) => (
            <StructureRow
              key={node.id}
              node={node}
              language={language}
              isSelected={selected.includes(node.id)}
              isLead={node === lead}
              isOpen={!closed.has(node.id)}
              isTarget={target?.inside === node.id}
              problems={problems(node, closed.has(node.id))}
              t={t}
            />
          ))}
          <div role="presentation" style={{ height: (rows.length - last) * ROW_HEIGHT }} />
          {target?.line && (
            <div
              role="presentation"
              className={styles.line}
              style={{
                top: TOP + target.line.row * ROW_HEIGHT - 1,
                left: FIRST_INDENT + target.line.depth * INDENT + 8,
              }}
            />
          )}
        </div>
      </ContextMenu>
      {rows.length === 0 && (
        <div className={styles.empty} style={{ pointerEvents: 'none' }}>
          <EmptyState icon="layout" title={t('emptyTitle')}>
            {t('emptyText')}
          </EmptyState>
        </div>
      )}
      {isInserting && <QuickInsert page={page} lead={lead} top={quickTop(rows, lead, seen)} onClose={close} />}
    </section>
  );
}

function rowAt(target: EventTarget): string | undefined {
  return target instanceof Element ? target.closest<HTMLElement>('[data-row]')?.dataset.row : undefined;
}

function between(rows: readonly StructureNode[], from: string, to: string): readonly string[] {
  const a = rows.findIndex(({ id }) => id === from);
  const b = rows.findIndex(({ id }) => id === to);
  const ids = rows.slice(Math.min(a, b), Math.max(a, b) + 1).map(({ id }) => id);
  return a < b ? ids : ids.reverse();
}

function opened(closed: ReadonlySet<string>, node: StructureNode): ReadonlySet<string> {
  const around = [...closed].filter((id) => node.parent && isWithin(node.parent, id));
  return around.length === 0 ? closed : new Set([...closed].filter((id) => !around.includes(id)));
}

interface Target {
  readonly inside?: string | undefined;
  /** Above the row of this number. */
  readonly line?: { readonly row: number; readonly depth: number };
}

/** How a place is shown: a line between rows, or a frame around an empty holder. */
function targetOf(
  { slot, after, depth }: Place,
  rows: readonly StructureNode[],
  byId: ReadonlyMap<string, StructureNode>,
): Target {
  const holder = slot.parent === undefined ? undefined : byId.get(slot.parent);
  const at = (id: string) => rows.findIndex((row) => row.id === id);
  if (after === null) {
    if (!holder) return { line: { row: 0, depth } };
    const isShown = holder.children[0] && at(holder.children[0].id) >= 0;
    return isShown ? { inside: holder.id, line: { row: at(holder.id) + 1, depth } } : { inside: holder.id };
  }
  const node = byId.get(after);
  let row = at(after);
  if (row < 0) return { inside: holder?.id };
  // Behind all that stands in it.
  for (row += 1; row < rows.length && node && isWithin(rows[row] as StructureNode, node.id); row += 1);
  return { inside: holder?.id, line: { row, depth } };
}

function quickTop(
  rows: readonly StructureNode[],
  lead: StructureNode | undefined,
  { top, height }: { readonly top: number; readonly height: number },
): number {
  const row = lead ? rows.indexOf(lead) : rows.length - 1;
  const below = 34 + TOP + (row + 1) * ROW_HEIGHT - top + 2;
  return Math.max(38, Math.min(below, 34 + height - 330));
}

/** Brings a row into view when it is chosen. */
function useReveal(
  id: string | undefined,
  at: number | undefined,
  rows: readonly StructureNode[],
  ground: React.RefObject<HTMLDivElement | null>,
): void {
  const last = useRef<string>(undefined);
  useEffect(() => {
    const row = rows.findIndex((one) => one.id === id);
    const wish = `${id} ${at}`;
    const element = ground.current;
    if (row < 0 || !element || last.current === wish) return;
    last.current = wish;
    const top = TOP + row * ROW_HEIGHT;
    if (top < element.scrollTop) element.scrollTop = top - ROW_HEIGHT;
    else if (top + ROW_HEIGHT > element.scrollTop + element.clientHeight)
      element.scrollTop = top - element.clientHeight + 2 * ROW_HEIGHT;
  }, [id, at, rows, ground]);
}

function menuItems(
  page: PageEditing,
  lead: StructureNode | undefined,
  selected: readonly string[],
  openQuickInsert: () => void,
): readonly MenuItem[] {
  const { t } = page;
  const insert: MenuItem = { id: 'insert', title: t('insertHere'), icon: 'add', run: openQuickInsert };
  const paste: MenuItem = { id: 'paste', title: t('paste'), keys: '$mod+KeyV', run: () => page.paste(lead) };
  if (!lead) return [insert, paste];
  const step = (id: string, title: string, key: string, keys: string): MenuItem => {
    const place = stepPlace(page, lead, key);
    return { id, title, keys, disabled: !place, run: () => place && page.move(selected, place) };
  };
  return [
    insert,
    ...(lead.parts
      ? [{ id: 'part', title: t(lead.kind === 'tabs' ? 'addTab' : 'addColumn'), run: () => page.addPart(lead) }]
      : []),
    { id: 'first', separator: true },
    {
      id: 'cut',
      title: t('cut'),
      keys: '$mod+KeyX',
      run: () => void page.copy(selected).then((ok) => ok && page.remove(selected)),
    },
    { id: 'copy', title: t('copy'), keys: '$mod+KeyC', run: () => void page.copy(selected) },
    paste,
    { id: 'duplicate', title: t('duplicate'), keys: '$mod+KeyD', run: () => page.duplicate(lead.id) },
    { id: 'second', separator: true },
    step('up', t('moveUp'), 'ArrowUp', 'Alt+ArrowUp'),
    step('down', t('moveDown'), 'ArrowDown', 'Alt+ArrowDown'),
    step('out', t('moveOut'), 'ArrowLeft', 'Alt+ArrowLeft'),
    step('in', t('moveIn'), 'ArrowRight', 'Alt+ArrowRight'),
    { id: 'third', separator: true },
    { id: 'properties', title: t('properties'), keys: 'Enter', run: focusProperties },
    { id: 'delete', title: t('delete'), keys: 'Delete', tone: 'danger', run: () => page.remove(selected) },
  ];
}
