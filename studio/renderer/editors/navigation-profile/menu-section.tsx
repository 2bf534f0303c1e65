import type { JsonObject } from '@skerry/shared/base/json';
import { isObject } from '@skerry/shared/metamodel/canonical';
import { type DragEvent, type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { Button } from '../../design/button.tsx';
import { EmptyState } from '../../design/empty-state.tsx';
import { Icon } from '../../design/icon.tsx';
import { IconButton } from '../../design/icon-button.tsx';
import { useDocument, useProject } from '../../model/project-store.ts';
import { useRun } from '../../model/use-run.ts';
import { typeCaption } from '../../properties/captions.ts';
import { useWords, type Words } from '../../words/index.ts';
import { select, useSelectedElements } from '../../workbench/selection.ts';
import styles from './menu-section.module.css';
import {
  type DropSide,
  type MenuMove,
  type MenuPlace,
  type MenuRow,
  menuRows,
  moveArguments,
  placeAfterDrop,
  placeAfterMove,
} from './menu-tree.ts';

const MOVES: { readonly [key: string]: MenuMove } = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowRight: 'indent',
  ArrowLeft: 'outdent',
};
const TOOLS: readonly { readonly move: MenuMove; readonly icon: string; readonly keys: string }[] = [
  { move: 'up', icon: 'arrow-up', keys: 'Alt+ArrowUp' },
  { move: 'down', icon: 'arrow-down', keys: 'Alt+ArrowDown' },
  { move: 'indent', icon: 'arrow-right', keys: 'Alt+ArrowRight' },
  { move: 'outdent', icon: 'arrow-left', keys: 'Alt+ArrowLeft' },
];

/** The app's menu as a tree; what an item says and does is edited in the properties of the chosen one. */
export function MenuSection({ path }: { readonly path: string }) {
  const t = useWords('profile');
  const tp = useWords('properties');
  const run = useRun();
  const menu = useDocument(path)?.menu;
  const rows = useMemo(() => menuRows(menu), [menu]);
  const language = useProject(({ model }) => model.app.defaultLanguage);
  const [selected] = useSelectedElements(path);
  const chosen = rows.find(({ id }) => id === selected);
  const tree = useRef<HTMLDivElement>(null);
  const [dragged, setDragged] = useState<string>();
  const [over, setOver] = useState<{ id: string; side: DropSide }>();

  const focus = (id: string | undefined) => {
    if (id === undefined) return;
    select(path, [id]);
    requestAnimationFrame(() => tree.current?.querySelector<HTMLElement>(`[data-item="${id}"]`)?.focus());
  };
  const put = async (id: string, place: MenuPlace | undefined) => {
    if (!place) return;
    await run('element.move', moveArguments(path, id, place));
    focus(id);
  };
  const add = async (parent: string | undefined) => {
    const value = { caption: { [language]: t('menuTree.newItem') }, action: { kind: 'nothing' } };
    const outcome = await run('element.insert', {
      document: path,
      ...(parent === undefined ? { list: ['menu'] } : { element: parent, list: ['items'] }),
      value,
    });
    focus(outcome?.created[0]?.element);
  };
  const remove = async (id: string) => {
    const at = rows.findIndex((row) => row.id === id);
    const next = rows.find((row, index) => index > at && row.level <= (rows[at]?.level ?? 1)) ?? rows[at - 1];
    await run('element.delete', { elements: [{ document: path, element: id }] });
    focus(next?.id);
  };
  const press = (event: KeyboardEvent, row: MenuRow) => {
    const at = rows.indexOf(row);
    const move = MOVES[event.key];
    if (event.altKey && move) void put(row.id, placeAfterMove(rows, row.id, move));
    else if (event.key === 'ArrowDown') focus(rows[at + 1]?.id);
    else if (event.key === 'ArrowUp') focus(rows[at - 1]?.id);
    else if (event.key === 'ArrowLeft') focus(row.parent);
    else if (event.key === 'Home') focus(rows[0]?.id);
    else if (event.key === 'End') focus(rows.at(-1)?.id);
    else if (event.key === 'Delete') void remove(row.id);
    else if (event.key === 'Enter' || event.key === ' ') select(path, [row.id]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    if (dragged !== undefined && over) void put(dragged, placeAfterDrop(rows, dragged, over.id, over.side));
    setDragged(undefined);
    setOver(undefined);
  };
  if (rows.length === 0) {
    return (
      <EmptyState
        icon="list-tree"
        title={t('menuTree.empty')}
        action={
          <Button icon="add" tone="accent" onClick={() => void add(undefined)}>
            {t('menuTree.add')}
          </Button>
        }
      >
        {t('menuTree.emptyHint')}
      </EmptyState>
    );
  }
  return (
    <div className={styles.section}>
      <div role="toolbar" aria-label={t('menuTree.title')} className={styles.tools}>
        <Button size="small" icon="add" onClick={() => void add(chosen?.parent)}>
          {t('menuTree.add')}
        </Button>
        {TOOLS.map(({ move, icon, keys }) => (
          <IconButton
            key={move}
            icon={icon}
            label={t(`menuTree.${move}`)}
            keys={keys}
            disabled={!chosen || !placeAfterMove(rows, chosen.id, move)}
            onClick={() => chosen && void put(chosen.id, placeAfterMove(rows, chosen.id, move))}
          />
        ))}
        <span className={styles.hint}>{t(chosen ? 'menuTree.keys' : 'menuTree.nothingChosen')}</span>
      </div>
      <div ref={tree} role="tree" aria-label={t('menuTree.title')} className={styles.tree}>
        {rows.map((row) => {
          const name = captionOf(row.item, language) || t('menuTree.unnamed');
          const side = over?.id === row.id && dragged !== undefined ? over.side : undefined;
          return (
            <div
              key={row.id}
              role="treeitem"
              tabIndex={row.id === (chosen ?? rows[0])?.id ? 0 : -1}
              aria-level={row.level}
              aria-selected={row.id === chosen?.id}
              data-item={row.id}
              data-drop={side}
              draggable
              className={styles.row}
              style={{ paddingLeft: 8 + (row.level - 1) * 24 }}
              onClick={() => select(path, [row.id])}
              onKeyDown={(event) => press(event, row)}
              onDragStart={(event) => {
                event.dataTransfer.effectAllowed = 'move';
                event.dataTransfer.setData('text/plain', name);
                setDragged(row.id);
              }}
              onDragOver={(event) => {
                if (dragged === undefined) return;
                event.preventDefault();
                setOver({ id: row.id, side: sideOf(event) });
              }}
              onDragEnd={() => {
                setDragged(undefined);
                setOver(undefined);
              }}
              onDrop={drop}
            >
              <Icon name="gripper" className={styles.grip} />
              <span className={styles.caption}>{name}</span>
              <Translations item={row.item} />
              <span className={styles.action}>{actionText(tp, row.item.action)}</span>
              <span className={styles.roles}>
                <Icon name="account" />
                {rolesText(t, row.item.roles)}
              </span>
              {/* For the pointer; the keyboard has Delete, and Alt with the arrows. */}
              <span aria-hidden="true" className={styles.buttons}>
                {row.level === 1 && (
                  <IconButton
                    icon="add"
                    tabIndex={-1}
                    label={t('menuTree.addInside', { name })}
                    onClick={() => void add(row.id)}
                  />
                )}
                <IconButton
                  icon="trash"
                  tabIndex={-1}
                  label={t('menuTree.delete', { name })}
                  onClick={() => void remove(row.id)}
                />
              </span>
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** The middle of a row takes what is dropped inside. */
function sideOf(event: DragEvent): DropSide {
  const { top, height } = event.currentTarget.getBoundingClientRect();
  const part = (event.clientY - top) / height;
  return part < 0.3 ? 'before' : part > 0.7 ? 'after' : 'inside';
}

function captionOf(item: JsonObject, language: string): string {
  const words = isObject(item.caption) ? item.caption : {};
  const found = words[language] ?? Object.values(words)[0];
  return typeof found === 'string' ? found : '';
}

/** Languages of the app that the caption does not yet speak. */
function Translations({ item }: { readonly item: JsonObject }) {
  const languages = useProject(({ model }) => model.app.languages);
  const words = isObject(item.caption) ? item.caption : {};
  if (languages.length < 2) return null;
  return languages.map(({ tag }) => (
    <span key={tag} className={styles.tag} data-missing={!words[tag] || undefined} title={String(words[tag] ?? '–')}>
      {tag}
    </span>
  ));
}

function actionText(t: Words, action: unknown): string {
  if (!isObject(action) || typeof action.kind !== 'string' || action.kind === 'nothing') return '';
  const target = [action.page, action.nanoflow, action.microflow, action.entity].find((one) => typeof one === 'string');
  const caption = typeCaption(t, `action-${action.kind}`);
  return target === undefined ? caption : `${caption}: ${String(target)}`;
}

function rolesText(t: Words, roles: unknown): string {
  return Array.isArray(roles) && roles.length > 0 ? roles.join(', ') : t('menuTree.everybody');
}
