import { join } from 'node:path';
import { must } from '@skerry/shared/base/invariant';
import type { Documents } from '@skerry/shared/metamodel/model';
import { walkDocument } from '@skerry/shared/metamodel/walk';
import { textPlace } from '@skerry/shared/validation/text-place';
import { analysisRoom } from '../../studio/host/analysis/room.ts';
import { servicesOf } from '../../studio/host/language/services.ts';
import { openProject, readProjectFile } from '../../studio/host/project/open-project.ts';
import { FakeContext, FakeSession } from '../studio/host/fake-session.ts';
import type { Bench, Measurement } from './bench.ts';
import { generateModel } from './generate-model.ts';

const EDITS = 20;

/** From an edit to what windows see of it, and language services at carets of the sample. */
export const bench: Bench = {
  name: 'studio-host',
  async run() {
    const sample = await openProject(join(import.meta.dirname, '../../fixtures/apps/field-inspections'));
    const rows = new Map<string, string>();
    for (const [path, file] of sample.files) {
      if (file.role === 'demoRows') rows.set(path, (await readProjectFile(sample.folder, path)) ?? '');
    }
    return [
      ...(await edits('sample', sample.documents, rows, 'InspectorPhone')),
      ...(await edits('10,000 documents', generateModel({ entities: 1000, documents: 10_000 }), new Map(), 'Phone')),
      ...languages(sample.documents, sample.model),
    ];
  },
};

async function edits(
  name: string,
  documents: Documents,
  rows: ReadonlyMap<string, string>,
  profile: string,
): Promise<readonly Measurement[]> {
  const session = new FakeSession(documents);
  for (const [path, text] of rows) session.rows.set(path, text);
  const context = new FakeContext(session);
  const opening = performance.now();
  const room = analysisRoom(context);
  await context.until('analysis/problems', (told) => told.isComplete);
  const found = [row(`${name}: open to all problems`, performance.now() - opening)];
  for (const [kind, edit] of Object.entries(KINDS)) {
    const paths = [...documents].filter(([, content]) => content.kind === kind).map(([path]) => path);
    const own: number[] = [];
    const whole: number[] = [];
    for (let at = 0; at < EDITS; at++) {
      session.put(must(paths[(at * 37) % paths.length], kind), (content) => edit(content, at));
      const start = performance.now();
      await context.until('analysis/problems', (told) => told.revision === session.revision);
      own.push(performance.now() - start);
      const scope = room.handlers['scope/view']({ profile });
      await context.until('analysis/problems', (told) => told.isComplete && told.revision === session.revision);
      await scope;
      whole.push(performance.now() - start);
    }
    found.push(row(`${name}: ${kind} edit to its own problems`, p95(own), `p95 of ${EDITS}`));
    found.push(row(`${name}: ${kind} edit to all problems and scope`, p95(whole), `p95 of ${EDITS}`));
  }
  await room.close();
  return found;
}

type Content = { readonly [key: string]: unknown };

/** What the analysis cannot pass over: rights, members, modes. */
const KINDS: { readonly [kind: string]: (content: Content, at: number) => Content } = {
  page: (content, at) => ({ ...content, allowedModuleRoles: at % 2 ? ['User'] : [] }),
  nanoflow: (content, at) => ({ ...content, documentation: `edit ${at}` }),
  entity: (content, at) => ({
    ...content,
    attributes: [
      ...(content.attributes as readonly object[]),
      { id: `aaaaaaaaaaaaaa${String.fromCharCode(97 + at)}b`, name: `New${at}`, type: { kind: 'String', length: 20 } },
    ],
  }),
  navigationProfile: (content, at) => ({ ...content, documentation: `edit ${at}` }),
};

function languages(documents: Documents, model: FakeSession['model']): readonly Measurement[] {
  const times: { readonly [call: string]: number[] } = { complete: [], hover: [], check: [] };
  const timed = (call: string, work: () => void) => {
    const start = performance.now();
    work();
    times[call]?.push(performance.now() - start);
  };
  for (const document of model.documents.values()) {
    if (!documents.has(document.path)) continue;
    for (const slot of walkDocument(document.path, document.source).slots) {
      const place = textPlace(model, document, slot.path);
      if (!place) continue;
      const services = servicesOf(place);
      timed('check', () => place.check(slot.text));
      for (let offset = 0; offset <= slot.text.length; offset += 3) {
        timed('complete', () => services.complete(slot.text, offset));
        timed('hover', () => services.hover(slot.text, offset));
      }
    }
  }
  return Object.entries(times).map(([call, taken]) => row(`language: ${call}`, p95(taken), `p95 of ${taken.length}`));
}

function row(what: string, value: number, note?: string): Measurement {
  return { bench: 'studio-host', what, value, unit: 'ms', ...(note ? { note } : {}) };
}

function p95(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * 0.95))] ?? 0;
}
