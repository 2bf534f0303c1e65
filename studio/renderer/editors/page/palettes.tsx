import { useMemo, useState } from 'react';
import { Icon } from '../../design/icon.tsx';
import { Tabs } from '../../design/tabs.tsx';
import { TextField } from '../../design/text-field.tsx';
import { useProject } from '../../model/project-store.ts';
import { readStored, writeStored } from '../../workbench/stored.ts';
import { endDrag, newThing, startDrag } from './dragged.ts';
import { freshList } from './fresh-widget.ts';
import { entityOffers, memberOffers, type Offer, searched, widgetOffers } from './offers.ts';
import styles from './palettes.module.css';
import { fits, placeInside } from './places.ts';
import type { StructureNode } from './structure.ts';
import { type PageEditing, usualPlace } from './use-page.ts';

type Shown = 'toolbox' | 'data';
const KEY = 'skerry.page.palette';
const isShown = (value: unknown): value is Shown => value === 'toolbox' || value === 'data';

export interface PalettesProps {
  readonly page: PageEditing;
  readonly lead: StructureNode | undefined;
}

/** What can be put into the page: widgets, and the app's data. */
export function Palettes({ page, lead }: PalettesProps) {
  const { t } = page;
  const [shown, setShown] = useState<Shown>(() => readStored(KEY, isShown) ?? 'toolbox');
  return (
    <div className={styles.palettes}>
      <Tabs
        label={t('insert')}
        value={shown}
        onChange={(id) => {
          setShown(id);
          writeStored(KEY, id);
        }}
        tabs={[
          { id: 'toolbox', title: t('toolbox'), panel: <Toolbox page={page} lead={lead} /> },
          { id: 'data', title: t('data'), panel: <DataPanel page={page} lead={lead} /> },
        ]}
      />
    </div>
  );
}

function Toolbox({ page, lead }: PalettesProps) {
  const { t } = page;
  const [search, setSearch] = useState('');
  const offers = useMemo(() => widgetOffers(page.documentKind, t), [page.documentKind, t]);
  const found = searched(offers, search);
  return (
    <Offers
      page={page}
      lead={lead}
      label={t('toolbox')}
      search={search}
      onSearch={setSearch}
      searchLabel={t('searchToolbox')}
      none={t('noWidget', { text: search })}
      offers={found}
    />
  );
}

function DataPanel({ page, lead }: PalettesProps) {
  const { t, structure } = page;
  const [search, setSearch] = useState('');
  const view = useProject((project) => project.view);
  const place = lead && (placeInside(lead, 'widget', true) ?? usualPlace(structure, lead));
  const entity = place && page.entityAt(place.slot);
  const members = useMemo(() => (entity === undefined ? [] : memberOffers(view, entity, t)), [view, entity, t]);
  const parameters = useParameters(page);
  const entities = useMemo(() => entityOffers(view, page.module, t), [view, page.module, t]);
  return (
    <Offers
      page={page}
      lead={lead}
      label={t('data')}
      search={search}
      onSearch={setSearch}
      searchLabel={t('searchData')}
      none={t('noData', { text: search })}
      note={entity === undefined ? t('noContext') : t('thisObject', { entity })}
      offers={searched([...members, ...parameters, ...entities], search)}
    />
  );
}

/** The page's own parameters: an object becomes a data view of it. */
function useParameters(page: PageEditing): readonly Offer[] {
  const document = useProject(({ model }) => model.documents.get(page.path));
  return useMemo(() => {
    const content = document?.content;
    if (content?.kind !== 'page' && content?.kind !== 'snippet') return [];
    return content.parameters.flatMap(({ name, type }): readonly Offer[] => {
      if (type.kind !== 'Object') return [];
      const dragged = newThing(name, (making) => ({
        kind: 'dataView',
        name: making.name('dataView'),
        source: { kind: 'context', variable: name },
        widgets: freshInner(making, type.entity),
      }));
      const group = page.t('parameters');
      return [
        {
          id: `parameter ${name}`,
          title: `$${name}`,
          detail: type.entity,
          icon: 'symbol-object',
          group,
          also: '',
          dragged,
        },
      ];
    });
  }, [document, page]);
}

function freshInner(making: Parameters<typeof freshList>[2], entity: string) {
  const list = freshList('listView', entity, making);
  return list.widgets ?? [];
}

interface OffersProps extends PalettesProps {
  readonly label: string;
  readonly search: string;
  readonly onSearch: (text: string) => void;
  readonly searchLabel: string;
  readonly none: string;
  readonly note?: string;
  readonly offers: readonly Offer[];
}

function Offers({ page, lead, label, search, onSearch, searchLabel, none, note, offers }: OffersProps) {
  const { t, structure } = page;
  const groups = [...Map.groupBy(offers, ({ group }) => group)];
  const insert = ({ dragged }: Offer) => {
    const inside = lead && lead.children.length > 0 ? placeInside(lead, 'widget', true) : undefined;
    const usual = usualPlace(structure, lead);
    // A member of what is in the list goes into the list.
    const place = [usual, inside].find(
      (one) => one && fits(structure, one.slot, dragged.load) && page.made(dragged, one.slot),
    );
    const value = place && page.made(dragged, place.slot);
    if (place && value) page.insert(value, place);
  };
  return (
    <div className={styles.panel}>
      <div className={styles.search}>
        <TextField
          label={searchLabel}
          hideLabel
          type="search"
          placeholder={searchLabel}
          value={search}
          onChange={onSearch}
        />
      </div>
      {note && <p className={styles.note}>{note}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by keyboard */}
      <section className={styles.list} aria-label={label} tabIndex={0}>
        {groups.map(([group, own]) => (
          <div key={group}>
            <h3 className={styles.group}>{group}</h3>
            <div className={styles.items}>
              {own.map((offer) => (
                <button
                  key={offer.id}
                  type="button"
                  draggable
                  className={styles.item}
                  title={t('insertHint')}
                  onDragStart={(event) => startDrag(event, offer.dragged)}
                  onDragEnd={endDrag}
                  onClick={() => insert(offer)}
                >
                  <Icon name={offer.icon} />
                  <span className={styles.itemTitle}>{offer.title}</span>
                  {offer.detail && <span className={styles.detail}>{offer.detail}</span>}
                </button>
              ))}
            </div>
          </div>
        ))}
        {offers.length === 0 && <p className={styles.note}>{none}</p>}
      </section>
    </div>
  );
}
