import { derivedElementId, type ObjectId, objectIdFrom } from '@skerry/shared/base/ids';
import type { DemoObject } from '@skerry/shared/relational/demo-data';
import { seededRandom } from '../random.ts';
import { associationId, attributeId, CLOSED, type EntityName, OPEN } from './app-model.ts';

/** Monday morning. */
export const START_MS = Date.UTC(2026, 0, 5, 8);
export const DAY_MS = 86_400_000;

/** Values that a rule compares, and so carry no marker. */
export const AREAS = ['north', 'south', 'east'] as const;

const random = seededRandom(20_260_105);
const ids = new Map<string, ObjectId>();

/** The id of an object that is there from the beginning. */
export function firstId(name: string): ObjectId {
  let id = ids.get(name);
  if (!id) {
    id = objectIdFrom(START_MS - DAY_MS, random.bytes(10));
    ids.set(name, id);
  }
  return id;
}

/** A text that says whose it is, so that it is recognised wherever it turns up. */
export function marked(entity: string, member: string, object: string, turn: string | number): string {
  return `~${entity}.${member}.${object.slice(-12)}.${turn}~`;
}

export const MARKER = /~(\w+)\.(\w+)\.([0-9a-f]{12})\.\w+~/g;

export const USERS = [
  { name: 'boss', role: 'Admin', teams: ['t1', 't2', 't3'], area: 'north' },
  { name: 'ann', role: 'Worker', teams: ['t1'], area: 'north' },
  { name: 'bob', role: 'Lead', teams: ['t2'], area: 'south' },
  { name: 'cid', role: 'Worker', teams: ['t1', 't2'], area: 'east' },
] as const;
export type UserName = (typeof USERS)[number]['name'];

export const DEMO_USERS = USERS.map(({ name, role }) => ({
  name,
  password: `${name}-password`,
  userRoles: [role],
  object: firstId(name),
}));

function object(
  entity: EntityName,
  name: string,
  texts: readonly string[],
  cells: DemoObject['cells'] = {},
  links: DemoObject['links'] = {},
): DemoObject {
  const id = firstId(name);
  const declaredBy = (member: string): EntityName => (entity === 'Pump' && member === 'Label' ? 'Item' : entity);
  const marks = texts.map((member) => [attributeId(declaredBy(member), member), marked(entity, member, id, 0)]);
  return { entity: `Sim.${entity}`, id, cells: { ...Object.fromEntries(marks), ...cells }, links };
}

const user = (member: string) => derivedElementId(`System.User/${member}`);

export function firstObjects(): readonly DemoObject[] {
  const ref = (association: string, target: string) => ({ [associationId(association)]: firstId(target) });
  const objects: DemoObject[] = ['t1', 't2', 't3'].map((name) => object('Team', name, ['Name', 'Motto']));
  for (const { name, teams, area } of USERS) {
    const own = {
      [user('Name')]: name,
      [user('FullName')]: marked('Person', 'FullName', firstId(name), 0),
      [user('Active')]: true,
      [user('Language')]: area,
    };
    objects.push(
      object('Person', name, ['Nick', 'Badge'], own, { [associationId('Person_Team')]: teams.map(firstId) }),
    );
  }
  for (const name of ['red', 'green', 'blue'])
    objects.push(object('Tag', name, [], { [attributeId('Tag', 'Label')]: name }));
  const jobs = ['j1', 'j2', 'j3', 'j4', 'j5', 'j6', 'j7'];
  jobs.forEach((name, at) => {
    const cells = {
      [attributeId('Job', 'Status')]: at === 5 ? CLOSED : OPEN,
      [attributeId('Job', 'Due')]: START_MS + (at - 3) * DAY_MS * 2,
      [attributeId('Job', 'Area')]: AREAS[at % 3] ?? null,
      [attributeId('Job', 'Count')]: at,
      [attributeId('Job', 'Budget')]: `${at}.5`,
      ...ref('Job_Team', ['t1', 't2', 't3'][at % 3] ?? ''),
      ...ref('Job_Worker', ['ann', 'bob', 'cid', 'ann'][at % 4] ?? ''),
    };
    objects.push(
      object('Job', name, ['Title', 'Note', 'Secret'], cells, {
        [associationId('Job_Tag')]: at % 2 ? [firstId('red')] : [],
      }),
    );
  });
  for (const [at, name] of ['i1', 'i2', 'i3', 'i4'].entries()) {
    objects.push(
      object('Item', name, ['Label'], {
        [attributeId('Item', 'Weight')]: `${at}00000000000`,
        ...ref('Item_Job', jobs[at] ?? ''),
      }),
    );
  }
  for (const [at, name] of ['p1', 'p2', 'p3'].entries()) {
    objects.push(
      object('Pump', name, ['Label'], { [attributeId('Pump', 'Power')]: at, ...ref('Item_Job', jobs[at] ?? '') }),
    );
  }
  for (const [at, name] of ['m1', 'm2', 'm3', 'm4'].entries())
    objects.push(object('Memo', name, ['Text', 'Stamp'], ref('Memo_Job', jobs[at] ?? '')));
  for (const [at, name] of ['c1', 'c2', 'c3'].entries())
    objects.push(object('Case', name, ['Topic', 'Verdict'], ref('Case_Team', `t${at + 1}`)));
  for (const [at, name] of ['n1', 'n2', 'n3'].entries()) {
    objects.push(
      object('Plan', name, ['A', 'B', 'First', 'Last', 'Check'], {
        [attributeId('Plan', 'Sum')]: '10',
        ...ref('Plan_Team', `t${at + 1}`),
      }),
    );
  }
  return objects;
}
