import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { csvLine, parseCsv } from '../../fixtures/generate/csv.ts';
import { DEFAULT_SEED, demoPlan, writeDemoData } from '../../fixtures/generate/field-data.ts';

const DAY_MS = 86_400_000;

type Row = { readonly [column: string]: string };

/** Marker strings by the member they stand in. */
export interface Markers {
  /** Outside what the user may ever read this day. */
  readonly outside: ReadonlyMap<string, readonly string[]>;
  /** In rows and members that the user's device must get. */
  readonly inside: ReadonlyMap<string, readonly string[]>;
}

/** Members that get a marker each where they are not empty: texts get it appended, decimals as digits after the point. */
const MARKED: { readonly [entity: string]: readonly string[] } = {
  'Assets.Asset': ['Remarks'],
  'Assets.Pump': ['Remarks'],
  'Assets.Transformer': ['Remarks'],
  'Field.Answer': ['Words', 'Comment'],
  'Field.Feedback': ['Message'],
  'Field.Finding': ['Title', 'Description', 'Cost'],
  'Field.Inspection': ['Notes', 'Title'],
  'Field.Inspector': ['HomeBase'],
  'Field.Photo': ['Caption'],
  'Field.Planner': ['Office'],
  'Field.Site': ['Address', 'AccessNotes', 'ContactName'],
  'Field.SitePassport': ['GateCode', 'PermitNumber'],
  'Field.Trip': ['Purpose'],
  'Work.WorkOrder': ['Details', 'LabourCost', 'MaterialCost'],
};
const DECIMALS = new Set(['Cost', 'LabourCost', 'MaterialCost']);

/** Digits or letters that stand nowhere else. Digits do not end in 0, which a decimal does not keep. */
function markerOf(entity: string, member: string, id: string): string {
  const hash = createHash('sha256').update(`${entity} ${member} ${id}`).digest('hex');
  const number = Number.parseInt(hash.slice(0, 8), 16);
  return DECIMALS.has(member) ? `${1_000_000 + (number % 8_999_999)}${1 + (number % 9)}` : `zq${hash.slice(0, 10)}`;
}

/**
 * Makes the sample's demo data of today in `folder`, with a marker in every cell worth keeping secret and in every
 * picture. The same markers come back by `markersFor`, sorted by what one user may read.
 */
export async function writeMarkedData(folder: string): Promise<void> {
  const now = new Date();
  writeDemoData(demoPlan('small', DEFAULT_SEED, Date.UTC(now.getFullYear(), now.getMonth(), now.getDate(), 8)), folder);
  await markPictures(folder);
  for (const [entity, members] of Object.entries(MARKED)) {
    const file = join(folder, `${entity}.csv`);
    const [header = [], ...rows] = parseCsv(await readFile(file, 'utf8'));
    const names = header.map(String);
    const marked = rows.map((cells) =>
      cells.map((cell, at) => {
        const member = names[at] ?? '';
        if (!members.includes(member) || cell === null || cell === '') return cell;
        const marker = markerOf(entity, member, String(cells[0]));
        // A gate code has room for twelve characters.
        if (member === 'GateCode') return marker;
        return DECIMALS.has(member) ? `${Math.trunc(Number(cell))}.${marker}` : `${cell} ${marker}`;
      }),
    );
    await writeFile(file, [header, ...marked].map(csvLine).join(''));
  }
}

/** A picture stays a picture with bytes after its end. */
async function markPictures(folder: string): Promise<void> {
  const bodies = new Map<string, Buffer>();
  for (const id of await readdir(join(folder, 'files'))) {
    const body = Buffer.concat([
      await readFile(join(folder, 'files', id)),
      Buffer.from(markerOf('Field.Photo', '(body)', id)),
    ]);
    await writeFile(join(folder, 'files', id), body);
    bodies.set(id, body);
  }
  const file = join(folder, 'Field.Photo.csv');
  const [header = [], ...rows] = parseCsv(await readFile(file, 'utf8'));
  const [hashAt, sizeAt] = [header.indexOf('Hash'), header.indexOf('Size')];
  const marked = rows.map((cells) => {
    const body = bodies.get(String(cells[0]));
    if (!body) return cells;
    const hash = createHash('sha256').update(body).digest('hex');
    return cells.map((cell, at) => (at === hashAt ? hash : at === sizeAt ? String(body.length) : cell));
  });
  await writeFile(file, [header, ...marked].map(csvLine).join(''));
}

/**
 * The sample's access rules for an inspector, written out by hand over the rows of `folder` and sharing nothing with
 * the engine. A cell on which the day itself decides (a visit that is begun, a helper who comes along) is in neither.
 */
export async function markersFor(folder: string, user: string): Promise<Markers> {
  const tables = new Map<string, readonly Row[]>();
  for (const entity of Object.keys(MARKED)) tables.set(entity, await readRows(folder, entity));
  const rows = (entity: string) => tables.get(entity) ?? [];
  const byId = (entity: string) => new Map(rows(entity).map((row) => [row.id, row]));
  const me = rows('Field.Inspector').find(({ Name }) => Name === user);
  if (!me) throw new Error(`There is no inspector ${user}.`);
  const regions = new Set(me.Inspector_Region?.split(' '));
  const sites = byId('Field.Site');
  const visits = byId('Field.Inspection');
  const findings = byId('Field.Finding');
  const now = new Date();
  const today = new Date(now.getFullYear(), now.getMonth(), now.getDate()).getTime();

  const inRegion = (site: string | undefined) => regions.has(sites.get(site ?? '')?.Site_Region ?? '');
  const isMine = (visit: Row | undefined) => visit?.Inspection_Inspector === me.id;
  const isHelped = (visit: Row | undefined) => visit?.Inspection_Helper?.split(' ').includes(me.id ?? '') === true;
  const plannedMs = (visit: Row | undefined) => Date.parse(visit?.Planned ?? '');
  const isRecent = (visit: Row | undefined) =>
    plannedMs(visit) >= today - 30 * DAY_MS && plannedMs(visit) < today + 45 * DAY_MS;
  const isShared = (visit: Row | undefined) =>
    inRegion(visit?.Inspection_Site) && visit?.Status !== 'Draft' && plannedMs(visit) >= today - 30 * DAY_MS;
  const visitOf = (finding: Row | undefined) => visits.get(finding?.Finding_Inspection ?? '');
  const findingInRegion = (finding: Row | undefined) =>
    inRegion(visitOf(finding)?.Inspection_Site) || isMine(visitOf(finding));
  const visitsToday = new Set(
    [...visits.values()]
      .filter(
        (visit) => (isMine(visit) || isHelped(visit)) && plannedMs(visit) >= today && plannedMs(visit) < today + DAY_MS,
      )
      .map((visit) => visit.Inspection_Site),
  );

  /** true: must arrive; false: must not; null: not said here. */
  const decide = (entity: string, member: string, row: Row): boolean | null => {
    switch (`${entity.replace(/^Assets\..*/, 'Assets.Asset')}/${member}`) {
      case 'Assets.Asset/Remarks':
        return inRegion(row.Asset_Site);
      case 'Field.Answer/Words':
      case 'Field.Answer/Comment': {
        const visit = visits.get(row.Answer_Inspection ?? '');
        return isMine(visit) ? (isRecent(visit) ? true : null) : isHelped(visit) ? null : false;
      }
      case 'Field.Feedback/Message':
        return row.owner === me.id ? null : false;
      case 'Field.Finding/Title':
        return findingInRegion(row) ? null : false;
      case 'Field.Finding/Description':
      case 'Field.Finding/Cost':
        return isMine(visitOf(row)) ? (isRecent(visitOf(row)) ? true : null) : false;
      case 'Field.Inspection/Notes':
        return isMine(row) ? (isRecent(row) ? true : null) : isHelped(row) ? null : false;
      case 'Field.Inspection/Title':
        return isMine(row) || isShared(row) ? (isRecent(row) ? true : null) : isHelped(row) ? null : false;
      case 'Field.Inspector/HomeBase':
        return row.id === me.id;
      case 'Field.Photo/Caption':
      case 'Field.Photo/(body)':
        return findingInRegion(findings.get(row.Photo_Finding ?? '')) ? null : false;
      case 'Field.Site/Address':
      case 'Field.Site/AccessNotes':
      case 'Field.Site/ContactName':
        return inRegion(row.id);
      case 'Field.SitePassport/GateCode':
        return visitsToday.has(row.SitePassport_Site);
      case 'Field.SitePassport/PermitNumber':
        return inRegion(row.SitePassport_Site);
      case 'Field.Trip/Purpose':
        return row.Trip_Inspector === me.id ? null : false;
      case 'Work.WorkOrder/Details':
        return inRegion(row.WorkOrder_Site) ? null : false;
      case 'Work.WorkOrder/LabourCost':
        // Who may ask for repairs reads what is asked for.
        if (inRegion(row.WorkOrder_Site) && row.Status === 'Requested') return true;
        return row.WorkOrder_Inspector === me.id ? null : false;
      case 'Work.WorkOrder/MaterialCost':
        return row.WorkOrder_Inspector === me.id ? null : false;
      default:
        return false;
    }
  };

  const outside = new Map<string, string[]>();
  const inside = new Map<string, string[]>();
  const put = (entity: string, member: string, row: Row) => {
    const verdict = member === '(body)' || row[member] ? decide(entity, member, row) : null;
    if (verdict === null) return;
    const into = verdict ? inside : outside;
    const key = `${entity}/${member}`;
    into.set(key, [...(into.get(key) ?? []), markerOf(entity, member, row.id ?? '')]);
  };
  for (const [entity, members] of Object.entries(MARKED))
    for (const member of members) for (const row of rows(entity)) put(entity, member, row);
  for (const row of rows('Field.Photo')) put('Field.Photo', '(body)', row);
  return { outside, inside };
}

async function readRows(folder: string, entity: string): Promise<readonly Row[]> {
  const [header = [], ...rows] = parseCsv(await readFile(join(folder, `${entity}.csv`), 'utf8'));
  return rows.map((cells) => Object.fromEntries(header.map((name, at) => [String(name), String(cells[at] ?? '')])));
}
