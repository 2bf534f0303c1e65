import type { MenuItem } from '../../design/menu.tsx';
import type { Words } from '../../words/index.ts';

export interface DomainMenuTarget {
  readonly kind: 'ground' | 'entity' | 'foreign' | 'attribute' | 'association' | 'annotation';
  readonly isSeveral: boolean;
}

/** What the rows of the menu do. */
export interface DomainMenuRuns {
  readonly addEntity: () => void;
  readonly addNote: () => void;
  readonly addAttribute: () => void;
  readonly open: () => void;
  readonly goTo: () => void;
  readonly rename: () => void;
  readonly duplicate: () => void;
  readonly copy: () => void;
  readonly paste: () => void;
  readonly specialise: () => void;
  readonly connect: () => void;
  readonly reverse: () => void;
  readonly usages: () => void;
  readonly remove: () => void;
  readonly layout: () => void;
  readonly selectAll: () => void;
}

const line = (id: string): MenuItem => ({ id, separator: true });

/** The context menu of what was pointed at. */
export function domainMenu({ kind, isSeveral }: DomainMenuTarget, run: DomainMenuRuns, t: Words): readonly MenuItem[] {
  const item = (id: keyof DomainMenuRuns, icon: string, keys?: string): MenuItem => ({
    id,
    title: t(TITLES[id]),
    icon,
    keys,
    run: run[id],
    ...(id === 'remove' ? { tone: 'danger' as const } : {}),
  });
  const common = [
    item('copy', 'copy', '$mod+KeyC'),
    item('duplicate', 'files', '$mod+KeyD'),
    line('last'),
    item('remove', 'trash', 'Delete'),
  ];
  if (kind === 'ground') {
    return [
      item('addEntity', 'add', 'Insert'),
      item('addNote', 'note'),
      item('paste', 'clippy', '$mod+KeyV'),
      line('1'),
      item('selectAll', 'checklist', '$mod+KeyA'),
      item('layout', 'type-hierarchy'),
    ];
  }
  if (kind === 'foreign') return [item('goTo', 'go-to-file', 'F12'), item('usages', 'references', 'Shift+F12')];
  if (kind === 'annotation') return [item('rename', 'edit', 'F2'), item('remove', 'trash', 'Delete')];
  if (isSeveral) return common;
  if (kind === 'entity') {
    return [
      item('open', 'edit', 'Enter'),
      item('addAttribute', 'add', 'a'),
      item('rename', 'rename', 'F2'),
      line('1'),
      item('connect', 'link', 'c'),
      item('specialise', 'type-hierarchy-sub'),
      item('usages', 'references', 'Shift+F12'),
      line('2'),
      item('paste', 'clippy', '$mod+KeyV'),
      ...common,
    ];
  }
  if (kind === 'association') {
    return [
      item('rename', 'rename', 'F2'),
      item('reverse', 'arrow-swap'),
      item('usages', 'references', 'Shift+F12'),
      line('2'),
      item('remove', 'trash', 'Delete'),
    ];
  }
  return [item('rename', 'rename', 'F2'), item('usages', 'references', 'Shift+F12'), line('2'), ...common];
}

const TITLES: { readonly [R in keyof DomainMenuRuns]: string } = {
  addEntity: 'addFirst',
  addNote: 'addAnnotation',
  addAttribute: 'addAttribute',
  open: 'open',
  goTo: 'goTo',
  rename: 'rename',
  duplicate: 'duplicate',
  copy: 'copy',
  paste: 'paste',
  specialise: 'specialise',
  connect: 'connect',
  reverse: 'reverse',
  usages: 'usages',
  remove: 'delete',
  layout: 'autoLayout',
  selectAll: 'selectAll',
};
