import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { readModel } from '@skerry/shared/metamodel/model';
import { validate } from '@skerry/shared/validation/run';
import { ANALYSIS_CALLS } from '@skerry/studio/bridge/calls/analysis-calls';
import { z } from '@skerry/studio/bridge/declare';
import { NOTIFICATIONS } from '@skerry/studio/bridge/notifications';
import { afterEach, describe, expect, test } from 'vitest';
import { type AnalysisRoom, analysisRoom } from '../../../../studio/host/analysis/room.ts';
import { filesBelow, SAMPLE, sampleDocuments } from '../../../fixtures/sample-project.ts';
import { FakeContext, FakeSession } from '../fake-session.ts';

const PROFILE = 'navigation/InspectorPhone.json';
const HOME = 'modules/Field/pages/Home.json';
const SITE = 'modules/Field/entities/Site.json';

const rooms: AnalysisRoom[] = [];
afterEach(async () => {
  for (const room of rooms.splice(0)) await room.close();
});

function sampleSession(): FakeSession {
  const session = new FakeSession(sampleDocuments());
  for (const path of filesBelow(SAMPLE))
    if (/^data\/[^/]+\.csv$/.test(path)) session.rows.set(path, readFileSync(join(SAMPLE, path), 'utf8'));
  return session;
}

function opened(session = sampleSession(), start?: () => Worker) {
  const context = new FakeContext(session);
  const room = analysisRoom(context, start ? { start } : {});
  rooms.push(room);
  const complete = () =>
    context.until('analysis/problems', (told) => told.isComplete && told.revision === session.revision);
  return { context, session, room, complete };
}

/** What a window knows after all that it was told. */
function known(context: FakeContext): Map<string, readonly { readonly code: string; readonly message: string }[]> {
  const lists = new Map();
  for (const { documents } of context.bodies('analysis/problems'))
    for (const [path, found] of Object.entries(documents)) {
      if (found.length > 0) lists.set(path, found);
      else lists.delete(path);
    }
  return lists;
}

describe('the analysis beside the host', () => {
  test('tells what a whole validation finds, in the form that the bridge declares', async () => {
    const { context, session, complete } = opened();
    await complete();
    for (const body of context.bodies('analysis/problems'))
      expect(z.safeParse(NOTIFICATIONS['analysis/problems'], body).success).toBe(true);
    const wanted = validate(readModel(session.documents)).map((one) => `${one.document} ${one.code} ${one.message}`);
    const told = [...known(context).values()]
      .flat()
      .map((one) => `${'document' in one ? one.document : ''} ${one.code} ${one.message}`);
    expect(told.sort()).toEqual(wanted.sort());
  });

  test('an edit tells its own document first, then the whole, and only lists that differ', async () => {
    const { context, session, complete } = opened();
    await complete();
    const before = context.said.length;
    session.put(HOME, (page) => JSON.parse(JSON.stringify(page).replace('"page":"Field.', '"page":"Feld.')));
    await complete();
    const told = context.said.slice(before).filter((one) => one.name === 'analysis/problems');
    const [first] = told;
    expect(first?.body).toMatchObject({ revision: 2, isComplete: false });
    expect(Object.keys(first?.body.documents ?? {})).toEqual([HOME]);
    expect(
      known(context)
        .get(HOME)
        ?.map((one) => one.code),
    ).toContain('reference/unknown');
    session.put(HOME, (page) => JSON.parse(JSON.stringify(page).replace('"page":"Feld.', '"page":"Field.')));
    await complete();
    expect(
      known(context)
        .get(HOME)
        ?.map((one) => one.code) ?? [],
    ).not.toContain('reference/unknown');
  });

  test('a burst of edits costs one whole run, of the last of them', async () => {
    const { context, session, complete } = opened();
    await complete();
    for (let edit = 0; edit < 30; edit++) session.put(HOME, (page) => ({ ...page, documentation: `edit ${edit}` }));
    await complete();
    const runs = context.bodies('analysis/problems').filter((told) => told.isComplete && told.revision > 1);
    expect(runs.length).toBeLessThanOrEqual(2);
    expect(runs.at(-1)?.revision).toBe(31);
  });

  test('what the files themselves have wrong is told, and duplicate names and ids as they come and go', async () => {
    const session = sampleSession();
    session.diagnostics = [
      {
        code: 'project/not-json',
        severity: 'error',
        message: 'This is no JSON.',
        document: 'modules/Field/pages/Broken.json',
      },
    ];
    const { context, complete } = opened(session);
    await complete();
    expect(known(context).get('modules/Field/pages/Broken.json')).toHaveLength(1);
    const copy = 'modules/Field/pages/Copy.json';
    session.change(new Map(session.content).set(copy, structuredClone(session.content.get(HOME)) as never));
    await complete();
    const codes = [...known(context).values()].flat().map((one) => one.code);
    expect(codes).toContain('project/duplicate-name');
    expect(codes).toContain('project/duplicate-id');
    const without = new Map(session.content);
    without.delete(copy);
    session.change(without);
    await complete();
    expect([...known(context).values()].flat().map((one) => one.code)).not.toContain('project/duplicate-id');
  });

  test('a mode that is set moves the plan, which is told with what moved', async () => {
    const { context, session, complete } = opened();
    await complete();
    session.put(PROFILE, (profile) => {
      profile.synchronization.entities['Field.Skill'] = { mode: 'never' };
      return profile;
    });
    const told = await context.until('analysis/scope', (one) => one.revision === 2);
    expect(told.profiles[0]).toMatchObject({
      profile: 'InspectorPhone',
      diff: { changedMode: [{ entity: 'Field.Skill', from: 'all', to: 'never' }] },
    });
    await complete();
    session.put(PROFILE, (profile) => ({ ...profile, documentation: 'Nothing moves.' }));
    await complete();
    expect(context.bodies('analysis/scope').some((one) => one.revision === 3)).toBe(false);
  });

  test('the synchronisation table counts demo rows of the role, unsaved ones included', async () => {
    const { room, session } = opened();
    const view = await room.handlers['scope/view']({ profile: 'InspectorPhone' });
    expect(z.safeParse(ANALYSIS_CALLS['scope/view'].reply, view).success).toBe(true);
    expect(view).toMatchObject({ revision: 1, role: 'Inspector', roles: ['Inspector', 'Planner', 'Administrator'] });
    const inspection = view.entities.find((one) => one.entity === 'Field.Inspection');
    expect(inspection).toMatchObject({ mode: 'constrained', configured: true, rows: 94, delta: 'clock' });
    const [shortest = []] = inspection?.why ?? [];
    expect(shortest.map(({ text }) => text).join(' › ')).toBe('home › page Home › today › retrieve Inspection');
    expect(shortest.map(({ document }) => document)).toEqual([
      'navigation/InspectorPhone.json',
      ...Array(3).fill('modules/Field/pages/Home.json'),
    ]);
    expect(shortest[2]?.element).toMatch(/^[a-z2-7]{16}$/);
    expect(inspection?.grants.join('\n')).toMatch(/read .* where \[/);
    expect(view.seconds['3G']).toBeGreaterThan(view.seconds['Wi-Fi']);
    const path = 'data/Field.Skill.csv';
    const rows = (session.rows.get(path) ?? '').trimEnd().split('\n');
    session.rows.set(path, `${rows.slice(0, -1).join('\n')}\n`);
    session.change(session.content, [path]);
    const later = await room.handlers['scope/view']({ profile: 'InspectorPhone' });
    const skills = (one: typeof view) => one.entities.find(({ entity }) => entity === 'Field.Skill')?.rows ?? 0;
    expect(skills(later)).toBe(skills(view) - 1);
  });

  test("the conflict policy in force is the entity's, its generalization's, or the app's own", async () => {
    const { room, session } = opened();
    session.put('skerry.json', (app) => ({ ...app, defaultConflictPolicy: { kind: 'firstWins' } }));
    session.put(SITE, ({ conflictPolicy: _, ...site }) => site);
    const view = await room.handlers['scope/view']({ profile: 'InspectorPhone', role: 'Planner' });
    const policy = (entity: string) => view.entities.find((one) => one.entity === entity)?.conflictPolicy;
    expect(policy('Field.Site')).toBe("first wins (the app's default)");
    expect(policy('Field.Finding')).toBe('merge, else first wins');
  });

  test('what if: says what a mode would mean and leaves all as it is', async () => {
    const { room } = opened();
    const asked = { profile: 'InspectorPhone', entity: 'Field.Answer', mode: 'constrained' as const };
    const narrowed = await room.handlers['scope/whatIf']({ ...asked, constraint: '[false]' });
    expect(z.safeParse(ANALYSIS_CALLS['scope/whatIf'].reply, narrowed).success).toBe(true);
    expect(narrowed.diff.changedMode).toEqual([{ entity: 'Field.Answer', from: 'all', to: 'constrained' }]);
    expect(narrowed.after.rows).toBe(narrowed.before.rows - 165);
    const wrong = await room.handlers['scope/whatIf']({ ...asked, constraint: '[Nothing = 1]' });
    expect(wrong.appearing.join('\n')).toContain('constraint/unknown-member');
    const view = await room.handlers['scope/view']({ profile: 'InspectorPhone' });
    expect(view.entities.find((one) => one.entity === 'Field.Answer')?.mode).toBe('all');
  });

  test('a profile that is not there is refused by name', async () => {
    const { room } = opened();
    await expect(room.handlers['scope/view']({ profile: 'Nobody' })).rejects.toMatchObject({
      code: 'analysis/no-such-profile',
    });
  });

  test('a thread that dies is started again, and said; what went meanwhile is taken away', async () => {
    const threads: Worker[] = [];
    const file = new URL('../../../../studio/host/analysis/worker.ts', import.meta.url);
    const { context, session, room, complete } = opened(sampleSession(), () => {
      const thread = new Worker(file);
      threads.push(thread);
      return thread;
    });
    await complete();
    session.put(HOME, (page) => JSON.parse(JSON.stringify(page).replace('"page":"Field.', '"page":"Feld.')));
    await complete();
    expect(known(context).has(HOME)).toBe(true);
    void threads[0]?.terminate();
    session.put(HOME, (page) => JSON.parse(JSON.stringify(page).replace('"page":"Feld.', '"page":"Field.')));
    await context.until('host/log', (told) => told.level === 'error');
    await complete();
    expect(threads).toHaveLength(2);
    expect(
      known(context)
        .get(HOME)
        ?.map((one) => one.code) ?? [],
    ).not.toContain('reference/unknown');
    expect((await room.handlers['scope/view']({ profile: 'InspectorPhone' })).revision).toBe(3);
  });

  test('another project begins anew, and a closed one is forgotten', async () => {
    const { context, room, complete } = opened();
    await complete();
    expect(room.problems()?.isComplete).toBe(true);
    context.open(undefined);
    expect(room.problems()).toBeUndefined();
    await expect(room.handlers['scope/view']({ profile: 'InspectorPhone' })).rejects.toMatchObject({
      code: 'project/none-open',
    });
    const other = sampleSession();
    other.revision = 70;
    context.open(other);
    expect((await context.until('analysis/problems', (told) => told.revision === 70)).revision).toBe(70);
  });
});
