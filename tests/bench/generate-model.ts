import type { Documents } from '@skerry/shared/metamodel/model';
import { type AppBuilder, anApp, type Loose } from '../support/model-builder.ts';

export interface ModelSize {
  readonly entities: number;
  /** All documents, entities included. */
  readonly documents: number;
}

const MODULES = 20;
const REGION = 10;

/**
 * An app of a given size that looks like one: entities in small families with associations, a specialisation in ten,
 * three rules each of which two go over associations; the other documents are half pages (a list with texts over an
 * association and a button), half nanoflows (retrieve, decide over, create), that lead to one another.
 */
export function generateModel(size: ModelSize): Documents {
  const app = anApp().withUserRole('Field', roles('User')).withUserRole('Office', roles('User', 'Office'));
  for (let index = 0; index < size.entities; index++) addEntity(app, index);
  const rest = Math.max(2, size.documents - size.entities - 2 * MODULES - 3);
  const pages = Math.ceil(rest / 2);
  const flows = rest - pages;
  for (let index = 0; index < pages; index++) addPage(app, index, { ...size, pages, flows });
  for (let index = 0; index < flows; index++) addFlow(app, index, { ...size, pages, flows });
  app.withProfile('Phone', {
    home: pageName(0),
    menu: Array.from({ length: 8 }, (_, index) => ({
      caption: { en: `Menu ${index}` },
      action: { kind: 'openPage', page: pageName(Math.floor((index * pages) / 8)) },
    })),
  });
  return app.build();
}

const moduleOf = (index: number) => `M${index % MODULES}`;
export const entityName = (index: number) => `${moduleOf(index)}.Entity${index}`;
export const pageName = (index: number) => `${moduleOf(index)}.Page${index}`;
export const flowName = (index: number) => `${moduleOf(index)}.Flow${index}`;

function roles(...names: readonly string[]): string[] {
  return Array.from({ length: MODULES }, (_, module) => names.map((name) => `M${module}.${name}`)).flat();
}

/** The first entity of each region belongs to users; the others refer to their neighbour before. */
const isRoot = (index: number) => index % REGION === 0;
const associationOf = (index: number) => `Entity${index}_${isRoot(index) ? 'User' : `Entity${index - 1}`}`;

function pathToUser(index: number): string {
  const steps: string[] = [];
  for (let at = index; ; at--) {
    steps.push(`${moduleOf(at)}.${associationOf(at)}`);
    if (isRoot(at)) return steps.join('/');
    steps.push(entityName(at - 1));
  }
}

function addEntity(app: AppBuilder, index: number): void {
  const attributes: { [name: string]: string } = {};
  for (let attribute = 0; attribute < 12; attribute++) attributes[`Text${attribute}`] = 'String';
  const near = index % 3 === 0 && !isRoot(index) ? pathToUser(index) : undefined;
  const isSpecial = index % REGION === 9;
  app.withEntity(entityName(index), {
    attributes: isSpecial
      ? { [`Own${index}`]: 'String' }
      : { ...attributes, Amount: 'Decimal', Done: 'Boolean', Due: 'DateTime' },
    associations: { [associationOf(index)]: isRoot(index) ? 'System.User' : entityName(index - 1) },
    ...(isSpecial ? { generalization: entityName(index - 4) } : {}),
    rules: [
      { roles: ['Office'], write: 'all', create: true, delete: true },
      { read: 'all', constraint: `[${near ?? pathToUser(index)} = '[%CurrentUser%]']` },
      { write: ['Done', 'Amount'], constraint: `[Done = false][Due > '[%BeginOfCurrentDay%]']` },
    ],
  });
}

interface Counts extends ModelSize {
  readonly pages: number;
  readonly flows: number;
}

function addPage(app: AppBuilder, index: number, { entities, pages, flows }: Counts): void {
  const at = index % entities;
  const over = isRoot(at)
    ? '$currentObject/Text1'
    : `$currentObject/${moduleOf(at)}.${associationOf(at)}/${entityName(at - 1)}/Text1`;
  const widgets: Loose[] = [
    { kind: 'dynamicText', content: { text: { en: '{1} {2}' }, parameters: ['$currentObject/Text2', over] } },
    { kind: 'button', caption: { en: 'Do' }, action: { kind: 'callNanoflow', nanoflow: flowName(index % flows) } },
  ];
  const next = [index * 2 + 1, index * 2 + 2].filter((one) => one < pages);
  app.withPage(pageName(index), [
    {
      kind: 'listView',
      source: { kind: 'database', entity: entityName(at), constraint: '[Done = false]' },
      widgets: widgets as never,
    },
    ...next.map(
      (page): Loose => ({
        kind: 'button',
        caption: { en: 'Next' },
        action: { kind: 'openPage', page: pageName(page) },
      }),
    ),
  ]);
}

function addFlow(app: AppBuilder, index: number, { entities, flows }: Counts): void {
  const at = index % entities;
  app.withNanoflow(flowName(index), [
    {
      kind: 'retrieve',
      source: { kind: 'database', entity: entityName(at), constraint: "[contains(Text0, 'a')]" },
      output: 'Found',
    },
    {
      kind: 'createObject',
      entity: entityName((at * 7) % entities),
      changes: [{ member: 'Text3', value: "'new'" }],
      output: 'Made',
    },
    { kind: 'callNanoflow', nanoflow: flowName((index * 3 + 1) % flows) },
  ]);
}
