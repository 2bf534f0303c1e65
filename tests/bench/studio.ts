import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Documents } from '@skerry/shared/metamodel/model';
import { saveDocuments } from '../../studio/host/project/save-documents.ts';
import type { Bench } from './bench.ts';
import { generateModel } from './generate-model.ts';
import { diagramModel } from './studio/diagram-model.ts';
import { measureKeystrokes } from './studio/keystrokes.ts';
import { measureWindow } from './studio/window.ts';

const SAMPLE = join(import.meta.dirname, '../../fixtures/apps/field-inspections');

/**
 * The studio as people feel it: a keystroke until scope and problems of the new model are told; a window until it can be
 * used; a document until it shows; a diagram while it is panned, drawn by software as in CI.
 */
export const bench: Bench = {
  name: 'studio',
  async run() {
    const folder = await mkdtemp(join(tmpdir(), 'skerry-bench-'));
    try {
      const large = await saved(join(folder, 'large'), generateModel({ entities: 1000, documents: 10_000 }));
      const diagrams = await saved(join(folder, 'diagrams'), diagramModel());
      return [
        ...(await measureKeystrokes('sample', SAMPLE, join(folder, 'state-1'))),
        ...(await measureKeystrokes('1,000 entities, 10,000 documents', large, join(folder, 'state-2'))),
        ...(await measureWindow({ sample: SAMPLE, diagrams, folder })),
      ];
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

async function saved(folder: string, documents: Documents): Promise<string> {
  await saveDocuments(folder, documents, documents.keys());
  return folder;
}
