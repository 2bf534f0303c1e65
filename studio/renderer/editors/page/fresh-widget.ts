import type { Json, JsonObject } from '@skerry/shared/base/json';
import type { AssociationEnd, AttributeMember, DomainView } from '@skerry/shared/metamodel/domain-view';
import type { AttributeType } from '@skerry/shared/metamodel/entity';
import type { Model } from '@skerry/shared/metamodel/model';
import type { WidgetKind } from '@skerry/shared/metamodel/widget';

/** Longer texts get an area of several lines. */
const LONG_TEXT = 400;

/** What new widgets are made from. */
export interface Making {
  readonly model: Model;
  readonly view: DomainView;
  /** Tag of the language in which new words are written. */
  readonly language: string;
  /** Module of the document, whose names are written short. */
  readonly module: string;
  /** Entity of the object around the place; undefined where there is none. */
  readonly entity: string | undefined;
  /** Words of the area `page`. */
  readonly t: (key: string, values?: Readonly<Record<string, string | number>>) => string;
  /** A name that no widget of the document has; each answer is another. */
  readonly name: (base: string) => string;
}

/** Gives names that are free in the document and different from each other. */
export function freeNames(taken: ReadonlySet<string>): (base: string) => string {
  const used = new Set(taken);
  return (base) => {
    for (let number = 1; ; number++) {
      const name = `${base}${number}`;
      if (used.has(name.toLowerCase())) continue;
      used.add(name.toLowerCase());
      return name;
    }
  };
}

/** A new widget of a kind, with what it must have, bound to what is near where that can be guessed. */
export function freshWidget(kind: WidgetKind, making: Making): JsonObject {
  const { t, language, model, view, entity } = making;
  const words = (key: string) => ({ [language]: t(`fresh.${key}`) });
  const made = (more: JsonObject): JsonObject => ({ kind, name: making.name(kind), ...more });
  const attribute = (fits: (type: AttributeType) => boolean) => firstMember(making, fits)?.name ?? '';
  switch (kind) {
    case 'text':
    case 'title':
    case 'button':
      return made({ caption: words(kind) });
    case 'groupBox':
      return made({ caption: words(kind), widgets: [] });
    case 'container':
      return made({ widgets: [] });
    case 'columns':
      return made({ columns: [freshPart('columns', 1, making), freshPart('columns', 2, making)] });
    case 'tabs':
      return made({ tabs: [freshPart('tabs', 1, making), freshPart('tabs', 2, making)] });
    case 'dynamicText': {
      const member = firstMember(making, () => true);
      const content: JsonObject = member
        ? { text: { [language]: '{1}' }, parameters: [`$currentObject/${member.name}`] }
        : { text: words('text'), parameters: [] };
      return made({ content });
    }
    case 'image':
      return made({ image: firstNamed(model.all('image').keys(), making.module) });
    case 'dataView':
      return made({ source: { kind: 'context' }, widgets: [] });
    case 'listView':
    case 'gallery':
    case 'dataGrid': {
      const shown = firstStored(view, making.module);
      if (shown !== undefined) return freshList(kind, shown, making);
      const source = { kind: 'database', entity: '' };
      return made(kind === 'dataGrid' ? { source, columns: [] } : { source, widgets: [] });
    }
    case 'referenceSelector':
    case 'referenceSetSelector': {
      const type = kind === 'referenceSelector' ? 'reference' : 'referenceSet';
      const end = entity === undefined ? undefined : view.owned(entity).find((one) => one.type === type && !one.system);
      return end ? freshSelector(end, making) : made(blankSelector());
    }
    case 'location':
      return made({ latitude: attribute(isDecimal), longitude: attribute(isDecimal) });
    case 'snippetCall':
      return made({ snippet: firstNamed(model.all('snippet').keys(), making.module) });
    case 'custom':
      return made({ package: '' });
    default:
      return made(kind in INPUTS ? { attribute: attribute(INPUTS[kind] ?? (() => true)) } : {});
  }
}

/** A tab or a column. */
export function freshPart(key: 'tabs' | 'columns', number: number, { t, language, name }: Making): JsonObject {
  if (key === 'columns') return { weight: 6, widgets: [] };
  return { name: name('tab'), caption: { [language]: t('fresh.tab', { number }) }, widgets: [] };
}

/** A list of an entity's objects whose rows show the first texts of each. */
export function freshList(kind: 'listView' | 'gallery' | 'dataGrid', entity: string, making: Making): JsonObject {
  const { view, language, name } = making;
  const source = { kind: 'database', entity };
  const shown = tellingMembers(view, entity);
  const label = short(entity);
  if (kind === 'dataGrid') {
    const columns = shown.map((member) => ({ caption: { [language]: spoken(member.name) }, path: member.name }));
    return { kind, name: name(`${lower(label)}Grid`), source, columns };
  }
  const inner: Making = { ...making, entity };
  const widgets = shown.slice(0, 2).map((member, at) => ({
    ...freshText(member, inner),
    variant: at === 0 ? 'strong' : 'muted',
  }));
  return { kind, name: name(`${lower(label)}List`), class: 'cards', source, widgets };
}

export function freshText(member: AttributeMember, { language, name }: Making): JsonObject {
  return {
    kind: 'dynamicText',
    name: name('dynamicText'),
    content: { text: { [language]: '{1}' }, parameters: [`$currentObject/${member.name}`] },
  };
}

/** The input that fits an attribute's type. */
export function freshInput(member: AttributeMember, { language, name }: Making): JsonObject {
  const kind = inputKind(member.type);
  const more: JsonObject =
    member.type.kind === 'DateTime' ? { mode: member.type.localize === false ? 'date' : 'dateTime' } : {};
  return { kind, name: name(kind), attribute: member.name, label: { [language]: spoken(member.name) }, ...more };
}

export function inputKind(type: AttributeType): WidgetKind {
  switch (type.kind) {
    case 'Boolean':
      return 'checkBox';
    case 'Enumeration':
      return 'dropDown';
    case 'DateTime':
      return 'datePicker';
    case 'Integer':
    case 'Long':
    case 'Decimal':
      return 'numberInput';
    case 'String':
      return type.length === null || type.length > LONG_TEXT ? 'textArea' : 'textBox';
    default:
      return 'textBox';
  }
}

/** What chooses the far objects of an owned association. */
export function freshSelector(end: AssociationEnd, { view, language, name }: Making): JsonObject {
  const kind = end.type === 'reference' ? 'referenceSelector' : 'referenceSetSelector';
  const caption = tellingMembers(view, end.far)[0]?.name ?? '';
  return {
    kind,
    name: name(kind),
    association: end.qualifiedName,
    label: { [language]: spoken(end.name.replace(new RegExp(`^${short(end.from)}_`), '')) },
    selectable: {
      kind: 'database',
      entity: end.far,
      ...(caption ? { sort: [{ path: caption }] } : {}),
    },
    caption,
  };
}

/** A list of what an association leads to from the object around. */
export function freshReached(end: AssociationEnd, making: Making): JsonObject {
  const made = freshList('listView', end.far, making);
  return { ...made, source: { kind: 'association', path: `${end.qualifiedName}/${end.far}` } };
}

const isDecimal = (type: AttributeType) => type.kind === 'Decimal';
const isNumber = (type: AttributeType) => ['Integer', 'Long', 'Decimal'].includes(type.kind);
const INPUTS: { readonly [kind: string]: (type: AttributeType) => boolean } = {
  textBox: (type) => type.kind === 'String',
  textArea: (type) => type.kind === 'String',
  barcode: (type) => type.kind === 'String',
  numberInput: isNumber,
  checkBox: (type) => type.kind === 'Boolean',
  radioButtons: (type) => type.kind === 'Enumeration' || type.kind === 'Boolean',
  dropDown: (type) => type.kind === 'Enumeration',
  datePicker: (type) => type.kind === 'DateTime',
};

/** The first attributes that say to people what an object is: words before numbers. */
function tellingMembers(view: DomainView, entity: string): readonly AttributeMember[] {
  const shown = [...view.attributes(entity).values()].filter(
    ({ type, system }) => !system && type.kind !== 'Binary' && type.kind !== 'HashedString',
  );
  const texts = shown.filter(({ type }) => type.kind === 'String');
  return [...texts, ...shown.filter((member) => !texts.includes(member))].slice(0, 4);
}

function firstMember({ view, entity }: Making, fits: (type: AttributeType) => boolean): AttributeMember | undefined {
  if (entity === undefined) return undefined;
  return [...view.attributes(entity).values()].find(({ type, system }) => !system && fits(type));
}

function firstStored(view: DomainView, module: string): string | undefined {
  const stored = [...view.model.all('entity').keys()].filter((name) => view.persistable(name));
  return stored.find((name) => name.startsWith(`${module}.`)) ?? stored[0];
}

function firstNamed(names: Iterable<string>, module: string): string {
  const all = [...names];
  return all.find((name) => name.startsWith(`${module}.`)) ?? all[0] ?? '';
}

function blankSelector(): { readonly [key: string]: Json } {
  return { association: '', selectable: { kind: 'database', entity: '' }, caption: '' };
}

function short(qualifiedName: string): string {
  return qualifiedName.slice(qualifiedName.lastIndexOf('.') + 1);
}

function lower(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/** `PlannedStart` as people say it: Planned start. */
export function spoken(name: string): string {
  const parted = name
    .replaceAll('_', ' ')
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1 $2');
  const [first = '', ...rest] = parted.split(' ').filter(Boolean);
  const isAcronym = (word: string) => word.length > 1 && word === word.toUpperCase();
  return [first, ...rest.map((word) => (isAcronym(word) ? word : word.toLowerCase()))].join(' ');
}
