import { readdir, readFile } from 'node:fs/promises';
import { domainView } from '@skerry/shared/metamodel/domain-view';
import type { Documents } from '@skerry/shared/metamodel/model';
import { readModel } from '@skerry/shared/metamodel/model';
import { analyze, offlineProfiles } from '@skerry/shared/scope/analyze';
import type { LiveContent } from '@skerry/studio/bridge/live-content';
import { beforeAll, describe, expect, it } from 'vitest';
import { DemoTexts } from '../../../../studio/host/analysis/demo-rows.ts';
import { type LiveAnswer, type LiveQuestion, livePage } from '../../../../studio/host/live-page/live-page.ts';
import { openProject } from '../../../../studio/host/project/open-project.ts';

const APP = new URL('../../../../fixtures/apps/field-inspections/', import.meta.url).pathname;
const PAGES = 'modules/Field/pages';
let documents: Documents;
const demo = new DemoTexts();

beforeAll(async () => {
  documents = (await openProject(APP)).documents;
  const files = (await readdir(`${APP}data`)).filter((file) => file.endsWith('.csv'));
  const texts = files.map(async (file) => [`data/${file}`, await readFile(`${APP}data/${file}`, 'utf8')] as const);
  demo.change(Object.fromEntries(await Promise.all(texts)));
});

function ask(question: Partial<LiveQuestion> & { document: string }, given: Documents = documents): LiveAnswer {
  const model = readModel(given);
  return livePage(
    { actionSources: new Map(), ...question },
    {
      revision: 7,
      documents: given,
      model,
      demo: demo.rows(model),
      analyses: offlineProfiles(model).map((profile) => analyze(model, profile)),
      problemsOf: () => [],
    },
  );
}

/** The sample has no JavaScript actions of its own. */
function contentOf(answer: LiveAnswer): LiveContent {
  if (!answer.content) throw new Error(answer.reason);
  return answer.content;
}

describe('a live page', () => {
  it('brings the page, its role, and rows of the role alone', () => {
    const content = contentOf(ask({ document: `${PAGES}/Home.json` }));
    expect(content.page).toBe('Field.Home');
    expect(content.role).toBe('Inspector');
    expect(content.roles).toEqual(['Inspector', 'Planner', 'Administrator']);
    const entity = domainView(readModel(documents)).entity('Field.Inspection');
    const rows = content.rows.find(({ entityId }) => entityId === entity?.id);
    expect(rows?.rows.length).toBeGreaterThan(0);
    expect(rows?.rows.length).toBeLessThan(demo.rows(readModel(documents)).objects.of('Field.Inspection').length);
  });

  it('fills the parameters of a page with an object of the demo data that the role holds', () => {
    const content = contentOf(ask({ document: `${PAGES}/InspectionDetail.json` }));
    const argument = content.arguments.Inspection;
    if (argument?.kind !== 'object') throw new Error('an object was expected');
    expect(content.rows.flatMap(({ rows }) => rows.map(([id]) => id))).toContain(argument.id);
  });

  it('shows a snippet with its parameter on a page of its own', () => {
    const content = contentOf(ask({ document: 'modules/Field/snippets/InspectionCard.json' }));
    expect(content.page).toBe('Field.LiveStage');
    expect(content.arguments.Inspection).toMatchObject({ kind: 'object', entity: 'Field.Inspection' });
  });

  it('shows a layout around a sentence', () => {
    expect(contentOf(ask({ document: 'modules/Field/layouts/Phone.json' })).page).toBe('Field.LiveStage');
  });

  it('says why there is nothing to show: a role that may not, an error, no profile', () => {
    const document = `${PAGES}/PlannerBoard.json`;
    expect(ask({ document, role: 'Inspector' })).toMatchObject({
      content: null,
      reason: 'Inspector may not open this page.',
    });
    const { content, reason } = livePage(
      { document, actionSources: new Map() },
      {
        revision: 7,
        documents,
        model: readModel(documents),
        demo: demo.rows(readModel(documents)),
        analyses: offlineProfiles(readModel(documents)).map((profile) => analyze(readModel(documents), profile)),
        problemsOf: () => [{ code: 'page/x', severity: 'error', message: 'Something is wrong here.' }],
      },
    );
    expect(content).toBeNull();
    expect(reason).toBe('Something is wrong here.');
    const online = new Map([...documents].filter(([path]) => !path.startsWith('navigation/')));
    expect(ask({ document }, online).reason).toContain('offline navigation profile');
  });

  it('makes every page, snippet and layout of the sample run, for each role that may open it', () => {
    const shown = [...documents.keys()].filter((path) => /\/(pages|snippets|layouts)\//.test(path));
    expect(shown.length).toBeGreaterThan(20);
    const model = readModel(documents);
    const analyses = offlineProfiles(model).map((profile) => analyze(model, profile));
    const around = { revision: 7, documents, model, demo: demo.rows(model), analyses, problemsOf: () => [] };
    for (const document of shown) {
      const first = contentOf(livePage({ document, actionSources: new Map() }, around));
      expect(first.roles, document).toContain(first.role);
    }
  });
});
