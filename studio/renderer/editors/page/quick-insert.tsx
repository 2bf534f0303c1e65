import { type KeyboardEvent, useId, useMemo, useState } from 'react';
import { Icon } from '../../design/icon.tsx';
import { useProject } from '../../model/project-store.ts';
import { entityOffers, memberOffers, type Offer, searched, widgetOffers } from './offers.ts';
import { type Place, placeAfter, placeAtEnd, placeInside } from './places.ts';
import styles from './structure.module.css';
import type { StructureNode } from './structure.ts';
import { kindWords } from './structure-row.tsx';
import { type PageEditing, usualPlace } from './use-page.ts';

export interface QuickInsertProps {
  readonly page: PageEditing;
  readonly lead: StructureNode | undefined;
  /** Pixels from the top of the ground. */
  readonly top: number;
  readonly onClose: () => void;
}

const MOST_SHOWN = 60;

/** Type, choose, Enter: a widget or a member behind what is selected, or inside it. */
export function QuickInsert({ page, lead, top, onClose }: QuickInsertProps) {
  const { t, structure } = page;
  const list = useId();
  const [search, setSearch] = useState('');
  const [at, setAt] = useState(0);
  const places = useMemo(() => choices(page, lead), [page, lead]);
  const [isOther, setIsOther] = useState(false);
  const place = (isOther ? places[1] : undefined) ?? places[0] ?? placeAtEnd(structure);
  const found = useOffers(page, place, search).slice(0, MOST_SHOWN);
  const current = found[Math.min(at, found.length - 1)];

  const take = (offer: Offer | undefined) => {
    const value = offer && page.made(offer.dragged, place.slot);
    if (!value) return;
    page.insert(value, place);
    onClose();
  };
  const press = (event: KeyboardEvent) => {
    event.stopPropagation();
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) setAt((Math.min(at, found.length - 1) + step + found.length) % Math.max(1, found.length));
    else if (event.key === 'Enter') take(current);
    else if (event.key === 'Escape') onClose();
    else if (event.key === 'Tab' && places.length > 1) setIsOther(!isOther);
    else return;
    event.preventDefault();
  };

  return (
    <div className={styles.quick} style={{ top, left: 8 }}>
      <div className={styles.quickWhere}>
        <span>{whereWords(page, place)}</span>
        {places.length > 1 && <span>{t('switchPlace')}</span>}
      </div>
      <input
        // biome-ignore lint/a11y/noAutofocus: it opens for typing, by a key
        autoFocus
        className={styles.quickInput}
        role="combobox"
        aria-label={t('insertSearch')}
        aria-expanded
        aria-controls={list}
        aria-autocomplete="list"
        {...(current ? { 'aria-activedescendant': `${list} ${current.id}`.replaceAll(' ', '-') } : {})}
        placeholder={t('insertSearch')}
        value={search}
        onChange={(event) => {
          setSearch(event.target.value);
          setAt(0);
        }}
        onKeyDown={press}
        onBlur={onClose}
      />
      <div id={list} role="listbox" aria-label={t('insert')} className={styles.quickList}>
        {found.map((offer) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: keys go to the field above
          // biome-ignore lint/a11y/useFocusableInteractive: the field above holds the focus
          <div
            key={offer.id}
            id={`${list} ${offer.id}`.replaceAll(' ', '-')}
            role="option"
            aria-selected={offer === current}
            className={styles.quickItem}
            ref={offer === current ? (row) => row?.scrollIntoView({ block: 'nearest' }) : undefined}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => take(offer)}
          >
            <Icon name={offer.icon} />
            {offer.title}
            <span className={styles.quickDetail}>{offer.detail || offer.group}</span>
          </div>
        ))}
      </div>
      {found.length === 0 && <div className={styles.quickNone}>{t('noWidget', { text: search })}</div>}
    </div>
  );
}

function useOffers(page: PageEditing, place: Place, search: string): readonly Offer[] {
  const view = useProject((project) => project.view);
  return useMemo(() => {
    const entity = page.entityAt(place.slot);
    const members = entity === undefined ? [] : memberOffers(view, entity, page.t);
    const widgets = widgetOffers(page.documentKind, page.t);
    // Entities are many: they come when they are asked for.
    const entities = search.trim() === '' ? [] : entityOffers(view, page.module, page.t);
    return searched([...members, ...widgets, ...entities], search);
  }, [page, place.slot, view, search]);
}

/** The usual place first, then the other one of behind and inside. */
function choices({ structure }: PageEditing, lead: StructureNode | undefined): readonly Place[] {
  const usual = usualPlace(structure, lead);
  const inside = lead && placeInside(lead, 'widget', true);
  const behind = lead?.slot.takes === 'widget' ? placeAfter(lead) : undefined;
  const isInside = inside !== undefined && usual.slot.parent === inside.slot.parent;
  const other = isInside ? behind : inside;
  return other ? [usual, other] : [usual];
}

function whereWords({ structure, t }: PageEditing, { slot, after }: Place): string {
  const named = (id: string | undefined) => {
    const node = id === undefined ? undefined : structure.byId.get(id);
    return node && (typeof node.value.name === 'string' ? node.value.name : kindWords(node, t));
  };
  const before = named(after ?? undefined);
  if (before) return t('insertAfter', { name: before });
  const holder = named(slot.parent);
  return holder ? t('insertInto', { name: holder }) : t('insert');
}
