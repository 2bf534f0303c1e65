import type { JsonObject } from '@skerry/shared/base/json';
import { readServerModel } from '@skerry/shared/bundle/server-model';
import { withValues } from '@skerry/shared/metamodel/ids';
import { type Documents, readModel } from '@skerry/shared/metamodel/model';
import type { Ask } from '@skerry/studio/bridge/calls/index';
import { afterEach, describe, expect, it } from 'vitest';
import { analysisRoom } from '../../../../studio/host/analysis/room.ts';
import type { BuiltRelease } from '../../../../studio/host/publish/build-release.ts';
import { releaseRoom } from '../../../../studio/host/release/release-room.ts';
import type { KnownRelease, ReleaseTarget } from '../../../../studio/host/release/release-target.ts';
import { isPreview } from '../../../../studio/host/release/versions.ts';
import { anApp } from '../../../support/model-builder.ts';
import { FakeContext, FakeSession } from '../fake-session.ts';

const HOME = 'modules/M/pages/Home.json';
const SITE = 'modules/M/entities/Site.json';

function app(attributes: { readonly [name: string]: string } = { Name: 'String' }) {
  return anApp()
    .withUserRole('Clerk', ['M.User'])
    .withEntity('M.Site', { attributes })
    .withPage('M.Home', [{ kind: 'text', name: 'hello', caption: { en: 'Hello' } }], { allowedModuleRoles: ['User'] })
    .withProfile('Phone', { home: 'M.Home' })
    .build();
}

/** A service that takes what it is sent. */
class MemoryTarget implements ReleaseTarget {
  readonly signer = { keyId: 'test', name: 'test', secretKey: new Uint8Array(32).fill(7) };
  readonly previewUrl = 'http://127.0.0.1:1/';
  readonly releases: KnownRelease[] = [];
  readonly sent: string[] = [];

  constructor(first: Documents) {
    const model = readModel(first);
    this.releases.push({ version: model.app.version, model });
  }
  async active() {
    return this.releases.at(-1) ?? null;
  }
  async published() {
    return this.releases.findLast(({ version }) => !isPreview(version)) ?? null;
  }
  async send({ request, parts }: BuiltRelease) {
    const model = readServerModel(parts.get(request.model) as Uint8Array, request.model);
    if (!model.ok) throw model.error;
    this.releases.push({ version: request.version, model: model.value });
    this.sent.push(request.version);
    return { sentParts: parts.size, warnings: [] };
  }
  devices() {
    return [{ name: 'Phone A', isOnline: true }];
  }
  onDevices() {
    return () => {};
  }
}

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

function open(documents: Documents, published: Documents = documents) {
  const session = new FakeSession(documents);
  const context = new FakeContext(session);
  const analysis = analysisRoom(context);
  const target = new MemoryTarget(published);
  const called: { readonly call: string; readonly request: unknown }[] = [];
  const call = (async (name: string, request: { command?: string; arguments?: unknown }) => {
    called.push({ call: name, request });
    if (request.command === 'element.set') {
      const { changes } = request.arguments as { changes: { document: string; path: string[]; value: string }[] };
      for (const { document, path, value } of changes)
        session.put(document, (content) => withValues(content as JsonObject, [[path, value]]));
    }
    return {};
  }) as unknown as Ask;
  const room = releaseRoom(context, {
    target: async () => target,
    ask: (question) => analysis.ask(question),
    call,
    now: () => 0,
    // Pauses are for people: here the next turn of the loop.
    delay: (run) => {
      const timer = setImmediate(run);
      return () => clearImmediate(timer);
    },
  });
  closing.push(room.close, analysis.close);
  return { session, context, target, room, called };
}

const says = (text: string) => (content: JsonObject) => ({ ...content, title: { en: text } });

describe('the preview', () => {
  it('follows an edit without a publish, and what devices run is what was edited', async () => {
    const { session, context, target } = open(app());
    session.put(HOME, says('Start'));
    await context.until('preview/changed', ({ version }) => version === '1.0.1-preview.1');
    const active = await target.active();
    expect(active?.model.find('page', 'M.Home')?.content.title).toEqual({ en: 'Start' });
    expect((await target.published())?.version).toBe('1.0.0');
  });

  it('keeps the last good bundle while the model has errors, says which, and goes on when it is mended', async () => {
    const { session, context, target } = open(app());
    session.put(HOME, (content) => ({ ...content, layout: 'M.Nowhere' }));
    const held = await context.until('preview/changed', ({ heldBy }) => heldBy !== null);
    expect(held.heldBy).toMatchObject({ severity: 'error', document: HOME });
    expect(target.sent).toEqual([]);
    session.put(HOME, (content) => ({ ...content, layout: 'M.Layout' }));
    session.put(HOME, () => app().get(HOME) as JsonObject);
    session.put(HOME, says('Mended'));
    await context.until('preview/changed', ({ version, heldBy }) => version === '1.0.1-preview.1' && heldBy === null);
  });

  it('does nothing for a moved box', async () => {
    const { session, context, target } = open(app());
    await context.until('preview/changed', ({ version }) => version === '1.0.0');
    session.change(
      new Map([...session.content, ['modules/M/domain.layout.json', { aaaaaaaaaaaaaaaa: { x: 1, y: 2 } }]]),
    );
    session.put(HOME, says('Start'));
    await context.until('preview/changed', ({ version }) => version === '1.0.1-preview.1');
    expect(target.sent).toEqual(['1.0.1-preview.1']);
  });

  it('catches up when the project differs from what devices run', async () => {
    const { context } = open(app({ Name: 'String', City: 'String' }), app());
    await context.until('preview/changed', ({ version }) => version === '1.0.1-preview.1');
  });
});

describe('publishing', () => {
  it('is reviewed against what was published, previews aside', async () => {
    const { session, context, room } = open(app());
    session.put(HOME, says('Start'));
    await context.until('preview/changed', ({ version }) => version === '1.0.1-preview.1');
    const review = await room.handlers['publish/review']({});
    expect(review).toMatchObject({ activeVersion: '1.0.0', proposedVersion: '1.0.1', errors: [], compatibility: [] });
    expect(review.model).toEqual([
      {
        document: HOME,
        name: 'M.Home',
        kind: 'page',
        change: 'changed',
        details: [expect.stringMatching(/^title.*Start$/)],
      },
    ]);
    expect(review.scope.map(({ profile }) => profile)).toEqual(['Phone']);
  });

  it('sets the version, saves and sends', async () => {
    const { session, room, target, called } = open(app());
    session.put(HOME, says('Start'));
    expect(await room.handlers['publish/run']({ version: '1.1.0' })).toMatchObject({ version: '1.1.0' });
    expect(session.model.app.version).toBe('1.1.0');
    expect(called.map(({ call }) => call)).toEqual(['command/run', 'project/save']);
    expect((await target.published())?.version).toBe('1.1.0');
  });

  it('is refused while the model has errors, and sends nothing', async () => {
    const { session, room, target } = open(app());
    session.put(HOME, (content) => ({ ...content, layout: 'M.Nowhere' }));
    await expect(room.handlers['publish/run']({ version: '1.1.0' })).rejects.toMatchObject({ code: 'publish/errors' });
    expect(target.sent).toEqual([]);
  });

  it('is refused when values would be lost, until somebody accepts it with a reason', async () => {
    const { room, session, called } = open(app({}), app());
    const review = await room.handlers['publish/review']({});
    const [finding] = review.compatibility;
    expect(finding).toMatchObject({ code: 'compare/attribute-removed', blocking: true });
    await expect(room.handlers['publish/run']({ version: '1.1.0' })).rejects.toMatchObject({
      code: 'publish/undecided',
    });
    const accepted = [{ element: finding?.element ?? '', reason: 'Nobody fills it in.' }];
    const made = room.handlers['publish/run']({ version: '1.1.0', accepted });
    await expect(made).rejects.toMatchObject({ code: 'publish/undecided' });
    // The stand-in for commands makes no documents: what was asked for is the decision, in the file of the version.
    expect(called.findLast(({ call }) => call === 'command/run')?.request).toMatchObject({
      command: 'document.create',
      arguments: { kind: 'evolution', name: '1.1.0', content: { decisions: [{ kind: 'acceptLoss', ...accepted[0] }] } },
    });
    session.change(
      new Map([
        ...session.content,
        [
          'evolution/1.1.0.json',
          {
            format: 1,
            kind: 'evolution',
            version: '1.1.0',
            decisions: [{ kind: 'acceptLoss', ...accepted[0] }],
          } as unknown as JsonObject,
        ],
      ]),
    );
    expect(await room.handlers['publish/run']({ version: '1.1.0' })).toMatchObject({ version: '1.1.0' });
    expect(session.documents.has(SITE)).toBe(true);
  });
});
