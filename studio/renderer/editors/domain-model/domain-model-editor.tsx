import type { JsonObject } from '@skerry/shared/base/json';
import { layoutPath } from '@skerry/shared/metamodel/paths';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { Canvas } from '../../canvas/canvas.tsx';
import { absoluteBoxes, type Moved, type Shapes } from '../../canvas/content.ts';
import { exportPng, exportSvg } from '../../canvas/export-picture.ts';
import { type Box, boundsOf, type Point } from '../../canvas/geometry.ts';
import { routes } from '../../canvas/route.ts';
import { useAutoLayout } from '../../canvas/use-auto-layout.ts';
import type { Drawn } from '../../canvas/use-connect.ts';
import { Button } from '../../design/button.tsx';
import { EmptyState } from '../../design/empty-state.tsx';
import { IconButton } from '../../design/icon-button.tsx';
import { Menu } from '../../design/menu.tsx';
import { openEntityDialog } from '../../dialogs/open-entity-dialog.tsx';
import { useDocument, useProject } from '../../model/project-store.ts';
import { findReferences } from '../../panels/references-store.ts';
import { useWords } from '../../words/index.ts';
import { registerActions } from '../../workbench/actions.ts';
import { renameElement } from '../../workbench/dialogs/rename-dialog.tsx';
import { showFault } from '../../workbench/messages.ts';
import { openDocument } from '../../workbench/open.ts';
import type { EditorProps } from '../editor.ts';
import { ConnectChoice, type Connection } from './connect-choice.tsx';
import { ConnectDialog } from './connect-dialog.tsx';
import { CARD_WIDTH, cardHeight, type Diagram, domainDiagram } from './diagram.ts';
import { type DomainEditing, DomainEditingProvider, type Writing } from './domain-context.ts';
import { domainMenu } from './domain-menu.ts';
import styles from './domain-model-editor.module.css';
import { drawCard } from './draw-card.ts';
import { EntityCard } from './entity-card.tsx';
import { NoteCard } from './note-card.tsx';
import { rowStep } from './row-step.ts';
import { ScopeTools } from './scope-tools.tsx';
import { useDomainClipboard } from './use-domain-clipboard.ts';
import { useDomainCommands } from './use-domain-commands.ts';
import { useDomainProblems } from './use-domain-problems.ts';
import { useDomainSelection } from './use-domain-selection.ts';
import { type ScopeChoice, useScopeOverlay } from './use-scope-overlay.ts';

const SHAPES: Shapes = { entity: EntityCard, annotation: NoteCard };
const NO_LAYOUT: JsonObject = {};

/** The entities of a module and what connects them. */
export function DomainModelEditor({ path, isActive }: EditorProps) {
  const t = useWords('domain');
  const module = path.split('/')[1] ?? '';
  const view = useProject((project) => project.view);
  const profiles = useProject(({ model }) => model.all('navigationProfile'));
  const enumerations = useProject(({ model }) => model.all('enumeration'));
  const layout = useDocument(layoutPath(path)) ?? NO_LAYOUT;
  const still = useMemo(() => domainDiagram(module, view, layout), [module, view, layout]);
  const [writing, write] = useState<Writing>();
  const diagram = useMemo(() => withDraft(still, writing), [still, writing]);
  const { selected, onSelect, reveal } = useDomainSelection(path, diagram, isActive);
  const commands = useDomainCommands(module, diagram);
  const clipboard = useDomainClipboard(commands);
  const problems = useDomainProblems(diagram);
  const [scopeChoice, chooseScope] = useState<ScopeChoice>();
  const scope = useScopeOverlay(scopeChoice, isActive);
  const [made, setMade] = useState<{ readonly id: string; readonly at: number }>();
  const [drawn, setDrawn] = useState<Drawn>();
  const [connecting, setConnecting] = useState<string>();
  const anchor = useRef<HTMLSpanElement>(null);
  // Whoever asks later to see something else is heard.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each wish takes back what was made before it
  useEffect(() => setMade(undefined), [reveal]);
  const chosen = useMemo(() => new Set(selected), [selected]);
  const boxes = useMemo(() => absoluteBoxes(diagram.nodes), [diagram]);
  const cardOf = useCallback(
    (id: string | undefined) => {
      const data = diagram.nodes.find((node) => node.id === id)?.data;
      return data?.kind === 'entity' ? data : undefined;
    },
    [diagram],
  );

  const editing = useMemo<DomainEditing>(
    () => ({
      writing,
      write,
      selected: chosen,
      select: onSelect,
      rename: commands.rename,
      addAttribute: async (entity, name, type) => (await commands.createAttribute(entity, name, type)) !== undefined,
      setType: commands.setType,
      setNote: commands.setNote,
      enumerations: [...enumerations.keys()],
      problems,
      scope: scopeChoice ? new Map((scope?.entities ?? []).map((entity) => [entity.entity, entity])) : undefined,
    }),
    [writing, chosen, onSelect, commands, enumerations, problems, scopeChoice, scope],
  );

  const addEntity = useCallback(
    async (at?: Point, generalization?: string) => {
      const outcome = await commands.createEntity(at ?? freePlace(boxes), generalization);
      const made = outcome?.created.find(({ element }) => element !== undefined)?.element;
      if (made === undefined) return undefined;
      onSelect([made]);
      if (!at) setMade({ id: made, at: performance.now() });
      write({ kind: 'name', id: made });
      return made;
    },
    [commands, boxes, onSelect],
  );
  const addNote = useCallback(async () => {
    const outcome = await commands.createNote(t('newAnnotation'));
    const made = outcome?.created[0]?.element;
    if (made === undefined) return;
    onSelect([made]);
    write({ kind: 'note', id: made });
  }, [commands, onSelect, t]);

  const rename = useCallback(
    (id: string) => {
      if (cardOf(id)?.isForeign) return;
      const node = diagram.nodes.find((one) => one.id === id);
      if (node?.shape === 'annotation') write({ kind: 'note', id });
      // A line has no room for writing.
      else if (diagram.edges.some((edge) => edge.id === id)) {
        const element = commands.named(id);
        if (element) renameElement(commands.link, element);
      } else write({ kind: 'name', id });
    },
    [cardOf, diagram, commands],
  );

  const goTo = useCallback(
    (id: string) => {
      const card = cardOf(id);
      if (card) openDocument(card.document, { element: id });
    },
    [cardOf],
  );
  const open = useCallback(
    (id: string) => {
      const card = cardOf(id);
      if (card?.isForeign) goTo(id);
      else if (card) openEntityDialog(card.document);
      else {
        const document = diagram.documents.get(id);
        const node = diagram.nodes.find((one) => one.id === id);
        if (node?.shape === 'annotation') write({ kind: 'note', id });
        else if (document !== undefined) {
          const isAssociation = diagram.edges.some((edge) => edge.id === id);
          openEntityDialog(document, isAssociation ? 'associations' : 'attributes');
        }
      }
    },
    [cardOf, diagram, goTo],
  );
  const deletable = useCallback(
    (ids: readonly string[]) => ids.filter((id) => !cardOf(id)?.isForeign && diagram.documents.has(id)),
    [cardOf, diagram],
  );
  const duplicate = useCallback(
    async (ids: readonly string[]) => {
      const made: string[] = [];
      for (const id of deletable(ids)) {
        const outcome = await commands.duplicate(id);
        made.push(...(outcome?.created ?? []).flatMap(({ element }) => element ?? []));
      }
      if (made.length > 0) onSelect(made);
    },
    [deletable, commands, onSelect],
  );
  const paste = useCallback(async () => {
    const made = await clipboard.paste(selected.find((id) => cardOf(id) && !cardOf(id)?.isForeign));
    if (made.length > 0) onSelect(made);
  }, [clipboard, selected, cardOf, onSelect]);
  const usages = useCallback(
    (id: string) => {
      const element = commands.named(id);
      if (element) void findReferences(commands.link, element.document, id, element.name);
    },
    [commands],
  );

  const arrange = useCallback((moved: Moved) => commands.move(moved, t('arranged')), [commands, t]);
  const { layOut, busy } = useAutoLayout({
    nodes: diagram.nodes,
    edges: diagram.edges,
    direction: 'right',
    gap: 48,
    layerGap: 96,
    onPlaced: arrange,
  });
  const picture = useCallback(
    () => ({
      boxes,
      edges: diagram.edges,
      routes: routes(diagram.edges, boxes),
      title: module,
      draw: (id: string, box: Parameters<typeof drawCard>[1], palette: Parameters<typeof drawCard>[2]) => {
        const node = diagram.nodes.find((one) => one.id === id);
        return node ? drawCard(node.data, box, palette) : '';
      },
    }),
    [boxes, diagram, module],
  );

  useEffect(() => {
    if (!isActive) return;
    const category = t('category');
    return registerActions([
      { id: 'domain.addEntity', title: t('addFirst'), category, run: async () => void (await addEntity()) },
      { id: 'domain.addNote', title: t('addAnnotation'), category, run: addNote },
      { id: 'domain.layout', title: t('autoLayout'), category, run: layOut },
      { id: 'domain.exportSvg', title: t('exportSvg'), category, run: () => exportSvg(picture()) },
      { id: 'domain.exportPng', title: t('exportPng'), category, run: () => exportPng(picture()) },
    ]);
  }, [isActive, addEntity, addNote, layOut, picture, t]);

  const onKey = (key: string): boolean => {
    const last = selected.at(-1);
    const card = cardOf(last);
    const keys: { readonly [key: string]: (() => void) | undefined } = {
      // biome-ignore lint/correctness/noComponentHookFactories: the name of a key
      Insert: () => void addEntity(),
      a: card && !card.isForeign ? () => write({ kind: 'attribute', entity: last as string }) : undefined,
      c: card && !card.isForeign ? () => setConnecting(last) : undefined,
      'Mod+d': last === undefined ? undefined : () => void duplicate(selected),
      'Mod+c': last === undefined ? undefined : () => void clipboard.copy(selected),
      'Mod+v': () => void paste(),
      F12: card ? () => goTo(last as string) : undefined,
      'Shift+F12': last === undefined ? undefined : () => usages(last),
    };
    const row = rowStep(new Map(diagram.nodes.map(({ id, data }) => [id, data])), last, key);
    if (row !== undefined) {
      onSelect([row]);
      return true;
    }
    const found = keys[key];
    found?.();
    return found !== undefined;
  };

  const connectTo = async (from: string, to: string | undefined, connection: Connection, at: Point) => {
    const card = cardOf(from);
    if (!card) return;
    if (to !== undefined) {
      const outcome = await commands.connect(card.qualifiedName, to, connection);
      const made = outcome?.created[0]?.element;
      if (made !== undefined) onSelect([made]);
      return;
    }
    const isSpecial = connection === 'specialise';
    const outcome = await commands.createEntity(
      { x: at.x - CARD_WIDTH / 2, y: at.y - 18 },
      isSpecial ? card.qualifiedName : undefined,
    );
    const made = outcome?.created.find(({ element }) => element !== undefined);
    if (made?.element === undefined) return;
    const name = made.document.slice(made.document.lastIndexOf('/') + 1, -'.json'.length);
    if (!isSpecial) await commands.connect(card.qualifiedName, `${module}.${name}`, connection);
    onSelect([made.element]);
    write({ kind: 'name', id: made.element });
  };

  const menu = (id: string | undefined, at: Point) => {
    const card = cardOf(id);
    const isEdge = diagram.edges.some((edge) => edge.id === id);
    const isNote = diagram.nodes.some((node) => node.id === id && node.shape === 'annotation');
    const kind =
      id === undefined || id.endsWith(':is')
        ? 'ground'
        : card
          ? card.isForeign
            ? 'foreign'
            : 'entity'
          : isEdge
            ? 'association'
            : isNote
              ? 'annotation'
              : 'attribute';
    const ids = id !== undefined && selected.includes(id) ? selected : id === undefined ? [] : [id];
    const on = (run: (id: string) => void) => () => {
      if (id !== undefined) run(id);
    };
    return domainMenu(
      { kind, isSeveral: ids.length > 1 },
      {
        addEntity: () => void addEntity(at),
        addNote: () => void addNote(),
        addAttribute: on((entity) => write({ kind: 'attribute', entity })),
        open: on(open),
        goTo: on(goTo),
        rename: on(rename),
        duplicate: () => void duplicate(ids),
        copy: () => void clipboard.copy(deletable(ids)),
        paste: () => void paste(),
        specialise: () => card && void addEntity(below(boxes.get(id as string)), card.qualifiedName),
        connect: on(setConnecting),
        reverse: on(commands.reverse),
        usages: on(usages),
        remove: () => void commands.remove(deletable(ids)),
        layout: layOut,
        selectAll: () => onSelect(diagram.nodes.map((node) => node.id)),
      },
      t,
    );
  };

  const connectingCard = cardOf(connecting);
  const candidates = [...view.model.all('entity').keys()].filter((name) => !name.startsWith('System.'));
  const drawnTo = cardOf(drawn?.to);
  const ground = anchor.current?.getBoundingClientRect();

  return (
    <DomainEditingProvider value={editing}>
      <Canvas
        document={path}
        name={module}
        nodes={diagram.nodes}
        edges={diagram.edges}
        shapes={SHAPES}
        selected={selected}
        onSelect={onSelect}
        onMove={(moved, merge) => commands.move(moved, t('moved'), merge)}
        onOpen={open}
        onRename={rename}
        onDelete={(ids) => void commands.remove(deletable(ids))}
        onKey={onKey}
        onAddAt={(at) => void addEntity({ x: at.x - CARD_WIDTH / 2, y: at.y - 18 })}
        onConnect={setDrawn}
        menu={menu}
        reveal={made ?? reveal}
        busy={busy ? { text: t('layingOut', { count: diagram.nodes.length }), cancel: busy } : undefined}
        tools={
          <>
            <Button icon="add" size="small" title={t('addEntityHint')} onClick={() => void addEntity()}>
              {t('addEntity')}
            </Button>
            <IconButton icon="note" label={t('addAnnotation')} onClick={() => void addNote()} />
            <IconButton icon="type-hierarchy" label={t('autoLayout')} onClick={layOut} />
            <ScopeTools
              profiles={[...profiles.keys()]}
              roles={scope?.roles ?? []}
              shownRole={scope?.role}
              choice={scopeChoice}
              onChoose={chooseScope}
            />
            <Menu
              trigger={<IconButton icon="ellipsis" label={t('more')} />}
              items={[
                { id: 'svg', title: t('exportSvg'), icon: 'export', run: () => exportSvg(picture()) },
                {
                  id: 'png',
                  title: t('exportPng'),
                  icon: 'file-media',
                  run: () => void exportPng(picture()).catch(showFault),
                },
              ]}
            />
          </>
        }
        empty={
          <EmptyState
            icon="type-hierarchy-sub"
            title={t('emptyTitle')}
            action={
              <Button tone="accent" icon="add" onClick={() => void addEntity()}>
                {t('addFirst')}
              </Button>
            }
          >
            <p className={styles.text}>{t('emptyText')}</p>
          </EmptyState>
        }
      >
        <span ref={anchor} className={styles.anchor} />
        {drawn && (
          <ConnectChoice
            from={cardOf(drawn.from)?.name ?? ''}
            to={drawnTo?.name}
            at={{ x: drawn.screen.x - (ground?.left ?? 0), y: drawn.screen.y - (ground?.top ?? 0) }}
            onClose={() => setDrawn(undefined)}
            onChoose={(connection) => {
              setDrawn(undefined);
              void connectTo(drawn.from, drawnTo?.qualifiedName, connection, drawn.at);
            }}
          />
        )}
      </Canvas>
      {connectingCard && connecting !== undefined && (
        <ConnectDialog
          from={connectingCard.name}
          candidates={candidates}
          onClose={() => setConnecting(undefined)}
          onConnect={(to, connection) => void connectTo(connecting, to, connection, { x: 0, y: 0 })}
        />
      )}
    </DomainEditingProvider>
  );
}

/** The card being written to is a row higher. */
function withDraft(diagram: Diagram, writing: Writing | undefined): Diagram {
  if (writing?.kind !== 'attribute') return diagram;
  return {
    ...diagram,
    nodes: diagram.nodes.map((node) =>
      node.id === writing.entity && node.data.kind === 'entity'
        ? { ...node, box: { ...node.box, height: cardHeight(node.data, 1) } }
        : node,
    ),
  };
}

/** Below everything, at its left edge. */
function freePlace(boxes: ReadonlyMap<string, Box>): Point {
  const around = boundsOf(boxes.values());
  return around ? { x: around.x, y: around.y + around.height + 48 } : { x: 40, y: 40 };
}

function below(box: Box | undefined): Point | undefined {
  return box && { x: box.x, y: box.y + box.height + 64 };
}
