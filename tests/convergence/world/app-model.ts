import type { JsonObject } from '@skerry/shared/base/json';
import type { Documents } from '@skerry/shared/metamodel/model';
import { anApp, idOf, type Loose, type RuleShape } from '../../support/model-builder.ts';

/**
 * The app that the simulator runs: one entity for each conflict policy, a specialisation, references and a set, every
 * delete behaviour, and access by row, by membership over associations, by user, by role and by the clock, with rules
 * that overlap on rows with different members.
 */
export const ENTITIES = ['Team', 'Person', 'Job', 'Item', 'Pump', 'Memo', 'Case', 'Plan', 'Tag', 'Sign'] as const;
export type EntityName = (typeof ENTITIES)[number];

/**
 * Releases in order. `memos` opens memos to whole teams, `renamed` renames an attribute and adds an entity, `narrowed`
 * takes rights back.
 */
export const RELEASES = [
  { version: '1.0.0', memos: false, renamed: false, narrowed: false },
  { version: '1.1.0', memos: true, renamed: false, narrowed: false },
  { version: '1.2.0', memos: true, renamed: true, narrowed: false },
  { version: '1.3.0', memos: true, renamed: true, narrowed: true },
] as const;
export type Release = (typeof RELEASES)[number];

const MINE = "'[%CurrentUser%]'";
const MEMBER = `Sim.Team/Sim.Person_Team = ${MINE}`;
const JOB_OF_MEMBER = `[Sim.Job_Team/${MEMBER}]`;

/** Members as the tests speak of them; in a release with `renamed` the job's Note is called Remark. */
export function memberName(release: Release, entity: EntityName, member: string): string {
  return release.renamed && entity === 'Job' && member === 'Note' ? 'Remark' : member;
}

export const entityId = (entity: EntityName): string => idOf(`Sim.${entity}`);
export const attributeId = (entity: EntityName, member: string): string => idOf(`Sim.${entity}/${member}`);
export const associationId = (name: string): string => idOf(`Sim.${name}`);
/** Pumps are items: what an item declares is the same member of a pump. */
export const OPEN = idOf('Sim.Status.Open');
export const CLOSED = idOf('Sim.Status.Closed');

const team: RuleShape[] = [
  { roles: ['Worker'], read: ['Name', 'Motto'], write: ['Motto'], constraint: `[Sim.Person_Team = ${MINE}]` },
  { roles: ['Admin'], read: 'all', write: 'all', create: true, delete: true },
];

const person: RuleShape[] = [
  {
    roles: ['Worker'],
    read: ['FullName', 'Language', 'Badge', 'Person_Team'],
    write: ['Nick'],
    constraint: `[id = ${MINE}]`,
  },
  {
    roles: ['Worker'],
    read: ['FullName', 'Person_Team'],
    constraint: `[Sim.Person_Team/Sim.Team/Sim.Person_Team = ${MINE}]`,
  },
  { roles: ['Lead'], read: ['FullName', 'Badge'] },
  {
    roles: ['Admin'],
    read: ['Name', 'FullName', 'Language', 'Nick', 'Badge', 'Person_Team', 'UserRoles'],
    write: ['FullName', 'Language', 'Nick', 'Badge', 'Person_Team', 'UserRoles'],
  },
];

function job(release: Release): RuleShape[] {
  const note = release.renamed ? 'Remark' : 'Note';
  return [
    {
      roles: ['Worker'],
      read: ['Title', 'Status', 'Due', 'Count', 'Job_Team', 'Job_Worker', 'Job_Tag'],
      write: [note, 'Count'],
      constraint: JOB_OF_MEMBER,
    },
    {
      roles: ['Worker'],
      read: ['Title', 'Secret', 'Status', 'Due', 'Count', 'Job_Worker'],
      write: ['Secret', 'Title', 'Status', note, 'Job_Tag', 'Job_Worker'],
      constraint: `[Sim.Job_Worker = ${MINE}][Status = 'Open']`,
    },
    { roles: ['Worker'], read: ['Title', 'Due'], constraint: "[Due < '[%CurrentDateTime%]'][Status = 'Open']" },
    { roles: ['Worker'], read: ['Title', 'Area'], constraint: '[Area = $currentUser/Language]' },
    {
      roles: ['Lead'],
      read: release.narrowed ? ['Title', 'Budget'] : ['Title', 'Budget', 'Secret', note],
      write: ['Title', 'Budget', 'Status', 'Due', 'Job_Team', 'Job_Worker', 'Area'],
      create: true,
      delete: true,
      ...(release.narrowed ? { constraint: JOB_OF_MEMBER } : {}),
    },
    { roles: ['Admin'], read: 'all', write: 'all', create: true, delete: true },
  ];
}

const OF_JOB = `[Sim.Item_Job/Sim.Job/Sim.Job_Team/${MEMBER}]`;
const item: RuleShape[] = [
  { roles: ['Worker'], write: ['Label', 'Weight', 'Item_Job'], create: true, delete: true, constraint: OF_JOB },
  { roles: ['Admin'], read: 'all', write: 'all', create: true, delete: true },
];
const pump: RuleShape[] = [
  { roles: ['Worker'], write: ['Label', 'Item_Job'], read: ['Weight'], create: true, constraint: OF_JOB },
  { roles: ['Lead'], read: ['Label'], write: ['Power'], delete: true },
  { roles: ['Admin'], read: 'all', write: 'all', create: true, delete: true },
];

function memo(release: Release): RuleShape[] {
  const own: RuleShape = {
    roles: ['Worker'],
    write: ['Text', 'Stamp', 'Memo_Job'],
    read: ['owner', 'createdDate'],
    create: true,
    delete: true,
    constraint: `[System.owner = ${MINE}]`,
  };
  const ofTeam: RuleShape = {
    roles: ['Worker'],
    read: ['Stamp'],
    write: ['Text'],
    constraint: `[Sim.Memo_Job/Sim.Job/Sim.Job_Team/${MEMBER}]`,
  };
  return [
    own,
    ...(release.memos ? [ofTeam] : []),
    { roles: ['Admin'], read: 'all', write: 'all', create: true, delete: true },
  ];
}

const caseRules: RuleShape[] = [
  {
    roles: ['Worker'],
    write: ['Topic', 'Verdict', 'Case_Team'],
    create: true,
    delete: true,
    constraint: `[Sim.Case_Team/${MEMBER}]`,
  },
  { roles: ['Admin'], read: 'all', write: 'all', create: true, delete: true },
];
const plan: RuleShape[] = [
  {
    roles: ['Worker'],
    write: ['A', 'B', 'Sum', 'First', 'Last', 'Check', 'Plan_Team'],
    create: true,
    constraint: `[Sim.Plan_Team/${MEMBER}]`,
    constraintAfter: "[A != 'forbidden']",
  },
  { roles: ['Lead'], read: ['A'], delete: true },
  { roles: ['Admin'], read: 'all', write: 'all', create: true, delete: true },
];
const everybody: RuleShape[] = [
  { roles: ['Worker'], read: 'all' },
  { roles: ['Lead', 'Admin'], read: 'all', write: 'all', create: true, delete: true },
];

function association(to: string, more: Loose = {}): Loose {
  return { to: `Sim.${to}`, ...more };
}

/** What a rule says of each entity; `deleteBehavior.to` acts when the far object goes. */
export function appDocuments(release: Release): Documents {
  const note = release.renamed ? 'Remark' : 'Note';
  const app = anApp()
    .withUserRole('Worker', ['Sim.Worker'])
    .withUserRole('Lead', ['Sim.Worker', 'Sim.Lead'])
    .withUserRole('Admin', ['Sim.Admin'], { manages: ['Worker', 'Lead', 'Admin'] })
    .withEnumeration('Sim.Status', ['Open', 'Closed'])
    .withEntity('Sim.Team', {
      attributes: { Name: 'String', Motto: 'String' },
      rules: team,
      more: { conflictPolicy: { kind: 'lastWins' } },
    })
    .withEntity('Sim.Person', {
      generalization: 'System.User',
      attributes: { Nick: 'String', Badge: 'String' },
      associations: { Person_Team: association('Team', { type: 'referenceSet' }) },
      rules: person,
      more: { conflictPolicy: { kind: 'lastWins' } },
    })
    .withEntity('Sim.Job', {
      attributes: {
        Title: 'String',
        [note]: { id: attributeId('Job', 'Note'), type: { kind: 'String', length: 200 } },
        Secret: 'String',
        Status: { type: { kind: 'Enumeration', enumeration: 'Sim.Status' }, default: 'Sim.Status.Open' },
        Due: 'DateTime',
        Area: 'String',
        Count: { type: { kind: 'Integer' }, conflictPolicy: 'sum' },
        Budget: { type: { kind: 'Decimal' }, conflictPolicy: 'lastWins' },
      },
      associations: {
        Job_Team: association('Team', { deleteBehavior: { from: 'keep', to: 'deleteIfNoReferences' } }),
        Job_Worker: association('Person'),
        Job_Tag: association('Tag', {
          type: 'referenceSet',
          deleteBehavior: { from: 'keep', to: 'deleteIfNoReferences' },
        }),
      },
      rules: job(release),
      more: { conflictPolicy: { kind: 'merge', overlap: 'firstWins' } },
    })
    .withEntity('Sim.Item', {
      attributes: { Label: 'String', Weight: 'Long' },
      associations: { Item_Job: association('Job', { deleteBehavior: { from: 'keep', to: 'deleteOther' } }) },
      rules: item,
      more: { conflictPolicy: { kind: 'lastWins' } },
    })
    .withEntity('Sim.Pump', { generalization: 'Sim.Item', attributes: { Power: 'Integer' }, rules: pump })
    .withEntity('Sim.Memo', {
      attributes: { Text: 'String', Stamp: 'String' },
      associations: { Memo_Job: association('Job') },
      systemMembers: ['owner', 'createdDate'],
      rules: memo(release),
      more: { conflictPolicy: { kind: 'firstWins' } },
    })
    .withEntity('Sim.Case', {
      attributes: { Topic: 'String', Verdict: 'String' },
      associations: { Case_Team: association('Team', { deleteBehavior: { from: 'keep', to: 'deleteOther' } }) },
      rules: caseRules,
      more: { conflictPolicy: { kind: 'review' } },
    })
    .withEntity('Sim.Plan', {
      attributes: {
        A: 'String',
        B: 'String',
        Sum: { type: { kind: 'Decimal' }, conflictPolicy: 'sum' },
        First: { type: { kind: 'String', length: 200 }, conflictPolicy: 'firstWins' },
        Last: { type: { kind: 'String', length: 200 }, conflictPolicy: 'lastWins' },
        Check: { type: { kind: 'String', length: 200 }, conflictPolicy: 'review' },
      },
      associations: { Plan_Team: association('Team') },
      rules: plan,
      more: { conflictPolicy: { kind: 'merge', overlap: 'review' } },
    })
    .withEntity('Sim.Tag', {
      attributes: { Label: 'String' },
      rules: everybody,
      more: {
        conflictPolicy: { kind: 'lastWins' },
        validationRules: [{ id: idOf('Sim.Tag/unique'), kind: 'unique', attribute: 'Label', message: { en: 'Taken' } }],
      },
    });
  if (release.renamed) app.withEntity('Sim.Sign', { attributes: { Word: 'String' }, rules: everybody });
  const additional = ENTITIES.filter((entity) => entity !== 'Sign' || release.renamed).map((entity) => `Sim.${entity}`);
  app
    .withPage('Sim.Home', [])
    .withProfile('Phone', {
      home: 'Sim.Home',
      synchronization: { additional, entities: { 'Sim.Job': PHONE_JOBS } },
    } as Loose & { home: string })
    .withProfile('Desk', {
      home: 'Sim.Home',
      synchronization: { additional: [...additional, 'System.UserRole'], entities: all(additional) },
    } as Loose & { home: string });
  const documents = new Map(app.build());
  documents.set('skerry.json', { ...(documents.get('skerry.json') as JsonObject), version: release.version });
  return documents;
}

/** The phone leaves out what was closed and has been due for a week. */
const PHONE_JOBS: Loose = {
  mode: 'constrained',
  constraint: "[Status = 'Open' or Due >= '[%CurrentDateTime%] - 7 * [%DayLength%]']",
};

function all(entities: readonly string[]): Loose {
  return Object.fromEntries([...entities, 'System.UserRole'].map((entity) => [entity, { mode: 'all' }]));
}
