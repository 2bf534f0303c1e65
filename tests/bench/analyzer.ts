import { join } from 'node:path';
import { must } from '@skerry/shared/base/invariant';
import type { JsonObject } from '@skerry/shared/base/json';
import { type Documents, type Model, readModel } from '@skerry/shared/metamodel/model';
import { type Analysis, analyze, offlineProfiles } from '@skerry/shared/scope/analyze';
import { openProject } from '../../studio/host/project/open-project.ts';
import { type Bench, type Measurement, median, timed } from './bench.ts';
import { generateModel } from './generate-model.ts';

const EDITS = 15;

/** Cold, and after single edits of each kind: the model read anew from the edited documents, then the analysis. */
export const bench: Bench = {
  name: 'analyzer',
  async run() {
    const sample = await openProject(join(import.meta.dirname, '../../fixtures/apps/field-inspections'));
    return [
      ...measure('sample', sample.documents),
      ...measure('1,000 entities, 10,000 documents', generateModel({ entities: 1000, documents: 10_000 })),
    ];
  },
};

function measure(name: string, given: Documents): readonly Measurement[] {
  // Copies, so that nothing is in a cache that another run has filled.
  const documents = structuredClone(given);
  const heapBefore = process.memoryUsage().heapUsed;
  let model: Model | undefined;
  const readMs = timed(() => {
    model = readModel(documents);
  });
  let analysis: Analysis | undefined;
  const coldMs = timed(() => {
    analysis = analyzeFirst(must(model, 'the model was read'));
  });
  const found = must(analysis, 'the analysis ran');
  const row = (what: string, value: number, unit: Measurement['unit'], note?: string): Measurement => ({
    bench: 'analyzer',
    what: `${name}: ${what}`,
    value,
    unit,
    ...(note ? { note } : {}),
  });
  return [
    row('documents', documents.size, 'count'),
    row('entities in scope', found.plan.entities.length, 'count'),
    row('read the model', readMs, 'ms'),
    row('cold', coldMs, 'ms'),
    row('heap', Math.max(0, process.memoryUsage().heapUsed - heapBefore) / 1e6, 'MB', 'model, facts and analysis'),
    ...(['page', 'nanoflow', 'entity', 'navigationProfile'] as const).map((kind) =>
      row(`edit of a ${kind}`, edits(documents, kind, found), 'ms', `median of ${EDITS}`),
    ),
  ];
}

function analyzeFirst(model: Model, previous?: Analysis): Analysis {
  return analyze(model, must(offlineProfiles(model)[0], 'an offline profile'), { previous });
}

/** Edits the documentation of documents of a kind, one at a time: their identity changes, so all that hangs on it is done again. */
function edits(documents: Documents, kind: string, before: Analysis): number {
  const paths = [...documents].filter(([, content]) => content.kind === kind).map(([path]) => path);
  let current = documents;
  let previous = before;
  const times: number[] = [];
  for (let edit = 0; edit < EDITS; edit++) {
    const path = must(paths[Math.floor((edit * paths.length) / EDITS)], `a ${kind}`);
    const edited = new Map(current);
    const content: JsonObject = { ...must(current.get(path), path), documentation: `edit ${edit}` };
    edited.set(path, content);
    times.push(
      timed(() => {
        previous = analyzeFirst(readModel(edited), previous);
      }),
    );
    current = edited;
  }
  return median(times);
}
