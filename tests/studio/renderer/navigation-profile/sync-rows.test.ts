import type { Diagnostic } from '@skerry/shared/base/diagnostic';
import type { ScopeEntity, ScopeView } from '@skerry/studio/bridge/calls/analysis-calls';
import {
  problemsByEntity,
  settingsOf,
  shownRows,
  syncRows,
} from '@skerry/studio/renderer/editors/navigation-profile/sync-rows';
import { describe, expect, it } from 'vitest';

const PATH = 'navigation/Phone.json';

function scoped(entity: string, more: Partial<ScopeEntity> = {}): ScopeEntity {
  return {
    entity,
    id: entity,
    document: '',
    mode: 'all',
    configured: false,
    constraint: '',
    members: [],
    grants: [],
    conflictPolicy: 'last wins',
    delta: 'own',
    why: [],
    ...more,
  };
}

function viewOf(...entities: ScopeEntity[]): ScopeView {
  return {
    revision: 1,
    profile: 'Phone',
    role: 'Inspector',
    roles: ['Inspector'],
    entities,
    totals: { entities: entities.length, rows: 0, bytes: 0 },
    seconds: { '3G': 0, '4G': 0, 'Wi-Fi': 0 },
  };
}

const document = (entities: object, additional: string[] = []) =>
  ({ synchronization: { entities, additional } }) as Parameters<typeof settingsOf>[0];
const NONE = new Map();

describe('a line of the synchronisation table', () => {
  it('shows the mode that the document says, and waits for the analysis to catch up', () => {
    const view = viewOf(scoped('Field.Site', { rows: 14, bytes: 3900 }));
    const [row] = syncRows(view, settingsOf(document({ 'Field.Site': { mode: 'online' } })), NONE);
    expect(row).toMatchObject({ mode: 'online', isChosen: true, isPending: true });
    expect(row?.scope?.rows).toBe(14);
  });

  it('is derived when the document says nothing', () => {
    const [row] = syncRows(viewOf(scoped('Field.Site', { mode: 'uploadOnly' })), settingsOf(undefined), NONE);
    expect(row).toMatchObject({ mode: 'uploadOnly', isChosen: false, isPending: false, isAdded: false });
  });

  it('is there for settings of what is not in scope, and for what was added by hand', () => {
    const rows = syncRows(viewOf(), settingsOf(document({ 'Field.Old': { mode: 'kept' } }, ['Field.Skill'])), NONE);
    expect(rows.map(({ entity, scope, isAdded }) => [entity, scope, isAdded])).toEqual([
      ['Field.Old', undefined, false],
      ['Field.Skill', undefined, true],
    ]);
  });

  it('takes nonsense in the document for nothing', () => {
    const settings = settingsOf({ synchronization: { entities: { X: 3, Y: { mode: 'loud' } }, additional: [1] } });
    expect([...settings.byEntity.values()]).toEqual([
      { mode: undefined, constraint: '' },
      { mode: undefined, constraint: '' },
    ]);
    expect(settings.added).toEqual([]);
  });
});

describe('problems', () => {
  const at: Diagnostic = {
    code: 'a/b',
    severity: 'information',
    message: 'm',
    document: PATH,
    path: ['synchronization', 'entities', 'Field.Site', 'constraint'],
  };
  const fixes = [{ title: 'Set', command: 'profile.setMode', arguments: { profile: 'Phone', entity: 'Field.Site' } }];
  const elsewhere: Diagnostic = { code: 'c/d', severity: 'error', message: 'n', document: 'p', fixes };
  const other = [{ title: 'Set', command: 'profile.setMode', arguments: { profile: 'Desk', entity: 'Field.Site' } }];

  it('stand at the setting they are in, and at the one whose change would mend them; the worst first', () => {
    const byDocument = new Map<string, Diagnostic[]>([
      [PATH, [at]],
      ['p', [elsewhere, { ...elsewhere, fixes: other }]],
    ]);
    const found = problemsByEntity(byDocument, PATH, 'Phone');
    expect([...found]).toEqual([['Field.Site', [elsewhere, at]]]);
  });
});

describe('the order and filter', () => {
  const rows = syncRows(
    viewOf(
      scoped('Field.Site', { bytes: 10 }),
      scoped('Assets.Pump', { bytes: 30, delta: 'reconcile' }),
      scoped('Field.Answer', { bytes: 10, mode: 'constrained', constraint: "[Status = 'Open']" }),
    ),
    settingsOf(undefined),
    NONE,
  );
  const names = (text: string, key: Parameters<typeof shownRows>[2]['key'], isDescending = false) =>
    shownRows(rows, { text, withProblems: false }, { key, isDescending }).map(({ entity }) => entity);

  it('sorts by what is asked, equal ones by name either way', () => {
    expect(names('', 'entity')).toEqual(['Assets.Pump', 'Field.Answer', 'Field.Site']);
    expect(names('', 'size', true)).toEqual(['Assets.Pump', 'Field.Answer', 'Field.Site']);
    expect(names('', 'size')).toEqual(['Field.Answer', 'Field.Site', 'Assets.Pump']);
    expect(names('', 'delta', true)[0]).toBe('Assets.Pump');
  });

  it('finds all words in name, mode or constraint', () => {
    expect(names('field open', 'entity')).toEqual(['Field.Answer']);
    expect(names('constrained', 'entity')).toEqual(['Field.Answer']);
    expect(shownRows(rows, { text: '', withProblems: true }, { key: 'entity', isDescending: false })).toEqual([]);
  });
});
