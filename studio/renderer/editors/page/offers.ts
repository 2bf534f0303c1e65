import type { AssociationEnd, AttributeMember, DomainView } from '@skerry/shared/metamodel/domain-view';
import type { Words } from '../../words/index.ts';
import { type Dragged, newThing } from './dragged.ts';
import {
  freshInput,
  freshList,
  freshReached,
  freshSelector,
  freshText,
  freshWidget,
  inputKind,
} from './fresh-widget.ts';
import type { StructureNode } from './structure.ts';
import { WIDGET_KINDS, widgetIcon } from './widget-kinds.ts';

/** Something that can be put into a page: a row of the toolbox, the data panel and the quick menu. */
export interface Offer {
  readonly id: string;
  readonly title: string;
  /** Dim words behind it. */
  readonly detail: string;
  readonly icon: string;
  readonly group: string;
  /** Searched beside title and detail. */
  readonly also: string;
  readonly dragged: Dragged;
}

/** The kinds of widgets that a kind of document may hold. */
export function widgetOffers(documentKind: string, t: Words): readonly Offer[] {
  return WIDGET_KINDS.filter(({ kind }) => kind !== 'placeholder' || documentKind === 'layout').map(
    ({ kind, group, icon, also = '' }) => {
      const title = t(`kinds.${kind}`);
      return {
        id: `widget ${kind}`,
        title,
        detail: '',
        icon,
        group: t(`groups.${group}`),
        also: `${also} ${kind}`,
        dragged: newThing(title, (making) => freshWidget(kind, making)),
      };
    },
  );
}

export function entityOffers(view: DomainView, module: string, t: Words): readonly Offer[] {
  const names = [...view.model.all('entity').keys()].filter((name) => view.persistable(name));
  const own = names.filter((name) => name.startsWith(`${module}.`));
  return [...own, ...names.filter((name) => !own.includes(name))].map((name) => ({
    id: `entity ${name}`,
    title: name.slice(name.indexOf('.') + 1),
    detail: name.startsWith(`${module}.`) ? '' : name.slice(0, name.indexOf('.')),
    icon: 'symbol-class',
    group: t('entities'),
    also: name,
    dragged: newThing(name, (making) => freshList('listView', name, making)),
  }));
}

/** Members of an entity, each as what fits the place: an input in a form, a text in a list. */
export function memberOffers(view: DomainView, entity: string, t: Words): readonly Offer[] {
  const attributes = [...view.attributes(entity).values()].filter(
    ({ type }) => type.kind !== 'Binary' && type.kind !== 'HashedString',
  );
  const ends = view.ends(entity).filter(({ system }) => !system);
  return [
    ...attributes.map((member) => attributeOffer(member, entity, t)),
    ...ends.map((end) => endOffer(end, entity, t)),
  ];
}

function attributeOffer(member: AttributeMember, entity: string, t: Words): Offer {
  return {
    id: `attribute ${member.name}`,
    title: member.name,
    detail: member.type.kind,
    icon: widgetIcon(inputKind(member.type)),
    group: t('attributes'),
    also: entity,
    dragged: newThing(member.name, (making, holder) => {
      if (making.entity === undefined || !making.view.isA(making.entity, entity)) return undefined;
      const isShown = member.system !== undefined || member.type.kind === 'AutoNumber' || !isForm(holder);
      return isShown ? freshText(member, making) : freshInput(member, making);
    }),
  };
}

function endOffer(end: AssociationEnd, entity: string, t: Words): Offer {
  const isOwned = end.direction === 'forward';
  return {
    id: `association ${end.qualifiedName} ${end.direction}`,
    title: end.name,
    detail: end.far.slice(end.far.indexOf('.') + 1),
    icon: end.single ? 'arrow-right' : 'arrow-both',
    group: t('associations'),
    also: end.far,
    dragged: newThing(end.name, (making, holder) => {
      if (making.entity === undefined || !making.view.isA(making.entity, entity)) return undefined;
      return isOwned && isForm(holder) ? freshSelector(end, making) : freshReached(end, making);
    }),
  };
}

/** Whether what is around edits one object. */
function isForm(holder: StructureNode | undefined): boolean {
  for (let at = holder; at; at = at.parent) {
    if (at.kind === 'listView' || at.kind === 'gallery' || at.kind === 'dataGrid') return false;
    if (at.kind === 'dataView') return at.value.readOnly !== true;
  }
  return true;
}

/** Every word of the search somewhere in the offer; those that begin with it first. */
export function searched(offers: readonly Offer[], search: string): readonly Offer[] {
  const words = search.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const [first = ''] = words;
  if (words.length === 0) return offers;
  const found = offers.filter(({ title, detail, also }) => {
    const text = `${title} ${detail} ${also}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const rank = ({ title }: Offer) => (title.toLowerCase().startsWith(first) ? 0 : 1);
  return [...found].sort((a, b) => rank(a) - rank(b));
}
