import type { Diagnostic } from '@skerry/shared/base/diagnostic';
import { Fault, userFault } from '@skerry/shared/base/fault';
import { must } from '@skerry/shared/base/invariant';
import { apply } from '@skerry/shared/metamodel/change/apply';
import { duplicateIds } from '@skerry/shared/metamodel/ids';
import { type Documents, type Model, readModel } from '@skerry/shared/metamodel/model';
import { projectFile } from '@skerry/shared/metamodel/paths';
import { type Analysis, analyze, offlineProfiles, type Profile } from '@skerry/shared/scope/analyze';
import { diffPlans, NO_DIFF } from '@skerry/shared/scope/diff';
import { IncrementalChecks } from '@skerry/shared/validation/incremental';
import type { Notification } from '@skerry/studio/bridge/notifications';
import { livePage } from '../live-page/live-page.ts';
import { answerOf, type CheckedRevision } from '../release/answer.ts';
import type { ReleaseQuestion } from '../release/questions.ts';
import { DemoTexts } from './demo-rows.ts';
import type { AnalysisQuestion, FromAnalyst, ToAnalyst } from './messages.ts';
import { type ByDocument, groupByDocument, ToldLists } from './problem-lists.ts';
import { estimateFor, scopeView } from './scope-view.ts';
import { copied, whatIf } from './what-if.ts';

/** How many documents are looked at before newer edits are asked for: a few milliseconds' worth. */
const DOCUMENTS_PER_STEP = 25;
/** What is worked out from the documents as they are now, and so not taken from the reading of the files. */
const LIVE_CODES: ReadonlySet<string> = new Set([
  'project/unreadable-document',
  'project/newer-format',
  'project/duplicate-name',
  'project/duplicate-id',
]);

type Stage = 'read' | 'profiles' | 'checks' | 'whole' | 'rest';
/** Questions wait until the profiles of the last revision have been analysed. */
const ANALYSED: ReadonlySet<Stage> = new Set(['checks', 'whole', 'rest']);

/**
 * Works on the last revision it was told of, a step at a time: what changed itself, the profiles and the questions about
 * them, what depends on what changed, the whole. An edit that comes between two steps begins again from there; nothing
 * that was worked out is lost, and what is stale is not told.
 */
export class Analyst {
  readonly #say: (message: FromAnalyst) => void;
  #documents: Documents = new Map();
  #revision = 0;
  #model: Model = readModel(new Map());
  #stage: Stage = 'rest';
  #checks = new IncrementalChecks();
  #reading: readonly Diagnostic[] = [];
  #demo = new DemoTexts();
  #profiles: readonly Profile[] = [];
  #analyses = new Map<string, Analysis>();
  #toldPlans = new Map<string, Analysis>();
  #ofProfiles = new Map<string, ByDocument>();
  #ofWhole: ByDocument = new Map();
  #told = new ToldLists();
  /** Documents whose lists may differ from those told. */
  #touched = new Set<string>();
  #asked: { readonly id: number; readonly question: AnalysisQuestion }[] = [];

  constructor(say: (message: FromAnalyst) => void) {
    this.#say = say;
  }

  /** Takes a message in; the work on it comes with `step`. */
  take(message: ToAnalyst): void {
    switch (message.kind) {
      case 'open':
        return this.#open(message);
      case 'step':
        return this.#edit(message);
      case 'texts':
        this.#demo.change(message.texts);
        if (this.#stage === 'rest') this.#stage = 'whole';
        return;
      case 'ask':
        this.#asked.push(message);
        return;
    }
  }

  /** @returns whether there is more to do */
  step(): boolean {
    if (this.#asked.some((one) => this.#isDue(one))) {
      this.#answer();
      return true;
    }
    switch (this.#stage) {
      case 'read':
        this.#read();
        break;
      case 'profiles':
        this.#analyseNext();
        break;
      case 'checks':
        this.#checkNext();
        break;
      case 'whole':
        this.#checkWhole();
        break;
      case 'rest':
    }
    return this.#stage !== 'rest' || this.#asked.length > 0;
  }

  #open({ revision, documents, reading, texts }: Extract<ToAnalyst, { kind: 'open' }>): void {
    this.#documents = new Map(documents.filter(([path]) => !isSidecar(path)));
    this.#revision = revision;
    this.#reading = reading;
    this.#checks = new IncrementalChecks();
    this.#demo = new DemoTexts();
    this.#demo.change(texts);
    this.#analyses = new Map();
    this.#toldPlans = new Map();
    this.#ofProfiles = new Map();
    this.#ofWhole = new Map();
    this.#told.clear();
    this.#touched = new Set();
    this.#stage = 'read';
  }

  #edit({ revision, edit, reading }: Extract<ToAnalyst, { kind: 'step' }>): void {
    const steps = edit.filter((step) => !isSidecar(step.path));
    const applied = apply(this.#documents, steps);
    if (!applied.ok) {
      this.#say({ kind: 'lost', message: applied.error.message });
      return;
    }
    this.#documents = applied.value;
    this.#revision = revision;
    if (reading) this.#reading = reading;
    // What only moves boxes changes nothing here but the revision.
    if (steps.length > 0) this.#stage = 'read';
    else if (this.#stage === 'rest') this.#stage = 'whole';
  }

  #read(): void {
    this.#model = readModel(this.#documents);
    const own = this.#checks.begin(this.#model);
    this.#look(Math.min(own, DOCUMENTS_PER_STEP));
    this.#tell(false);
    this.#profiles = offlineProfiles(this.#model);
    for (const [name, found] of this.#ofProfiles) {
      if (this.#profiles.some((profile) => profile.qualifiedName === name)) continue;
      this.#touch(found.keys());
      this.#ofProfiles.delete(name);
      this.#toldPlans.delete(name);
    }
    this.#fresh.clear();
    this.#stage = 'profiles';
  }

  /** Profiles whose analysis is of the present model. */
  readonly #fresh = new Set<string>();

  #analyseNext(): void {
    const next = this.#profiles.find((profile) => !this.#fresh.has(profile.qualifiedName));
    if (next) {
      this.#analysisOf(next);
      return;
    }
    this.#tellScope();
    this.#stage = 'checks';
  }

  #analysisOf(profile: Profile): Analysis {
    const name = profile.qualifiedName;
    const known = this.#analyses.get(name);
    if (known && this.#fresh.has(name)) return known;
    const analysis = analyze(this.#model, profile, { previous: known });
    this.#analyses.set(name, analysis);
    this.#fresh.add(name);
    const found = groupByDocument(analysis.diagnostics);
    this.#touch(this.#ofProfiles.get(name)?.keys() ?? []);
    this.#touch(found.keys());
    this.#ofProfiles.set(name, found);
    return analysis;
  }

  #tellScope(): void {
    const moved: Notification<'analysis/scope'>['profiles'] = [];
    for (const { qualifiedName: profile } of this.#profiles) {
      const now = this.#analyses.get(profile);
      const before = this.#toldPlans.get(profile);
      if (!now || now.hash === before?.hash) continue;
      moved.push({ profile, hash: now.hash, diff: copied(before ? diffPlans(before.plan, now.plan) : NO_DIFF) });
      this.#toldPlans.set(profile, now);
    }
    if (moved.length > 0) this.#say({ kind: 'scope', body: { revision: this.#revision, profiles: moved } });
    this.#tell(false);
  }

  #checkNext(): void {
    if (!this.#look(DOCUMENTS_PER_STEP)) this.#stage = 'whole';
  }

  #look(most: number): boolean {
    const found = most > 0 ? this.#checks.work(most) : new Map();
    this.#touch(found.keys());
    return found.size > 0;
  }

  #checkWhole(): void {
    this.#touch(this.#checks.slow().keys());
    const found = groupByDocument([
      ...this.#reading.filter((one) => !LIVE_CODES.has(one.code)),
      ...this.#model.diagnostics,
      ...duplicateIds(this.#documents),
      ...this.#demo.rows(this.#model).diagnostics,
    ]);
    this.#touch(this.#ofWhole.keys());
    this.#touch(found.keys());
    this.#ofWhole = found;
    for (const path of this.#told.documents()) if (!this.#model.documents.has(path)) this.#touched.add(path);
    this.#tell(true);
    this.#stage = 'rest';
  }

  #touch(paths: Iterable<string>): void {
    for (const path of paths) this.#touched.add(path);
  }

  #tell(isComplete: boolean): void {
    const lists = [...this.#touched].map((path): [string, readonly Diagnostic[]] => [path, this.#listOf(path)]);
    this.#touched.clear();
    const documents = this.#told.differing(lists) as Notification<'analysis/problems'>['documents'];
    this.#say({ kind: 'problems', body: { revision: this.#revision, isComplete, documents } });
  }

  #listOf(path: string): readonly Diagnostic[] {
    const ofProfiles = [...this.#ofProfiles.values()].flatMap((found) => found.get(path) ?? []);
    return [...(this.#ofWhole.get(path) ?? []), ...this.#checks.of(path), ...ofProfiles];
  }

  #answer(): void {
    const asked = this.#asked.filter((one) => this.#isDue(one));
    this.#asked = this.#asked.filter((one) => !this.#isDue(one));
    for (const { id, question } of asked) {
      try {
        this.#say({ kind: 'answer', id, answer: this.#answerTo(question) });
      } catch (error) {
        if (!(error instanceof Fault)) throw error;
        this.#say({ kind: 'refusal', id, error: { code: error.code, message: error.message } });
      }
    }
  }

  #checked(): CheckedRevision {
    const paths = new Set([...this.#model.documents.keys(), ...this.#ofWhole.keys()]);
    for (const found of this.#ofProfiles.values()) for (const path of found.keys()) paths.add(path);
    const demo = this.#demo.rows(this.#model);
    return {
      revision: this.#revision,
      model: this.#model,
      documents: this.#documents,
      errors: [...paths].flatMap((path) => this.#listOf(path)).filter(({ severity }) => severity === 'error'),
      analysisOf: (name) => {
        const profile = this.#profiles.find((one) => one.qualifiedName === name);
        return this.#analysisOf(must(profile, 'asked for profiles of the model alone'));
      },
      bytesOf: (analysis, model) =>
        model.security.userRoles.reduce(
          (most, { name }) => Math.max(most, estimateFor(analysis, model, demo, name)?.roles[name]?.bytes ?? 0),
          0,
        ),
    };
  }

  /** Views need the profiles alone; a release needs the last word on the whole. */
  #isDue({ question }: { readonly question: AnalysisQuestion }): boolean {
    return isOfRelease(question) ? this.#stage === 'rest' : ANALYSED.has(this.#stage);
  }

  #answerTo(question: AnalysisQuestion): unknown {
    if (isOfRelease(question)) return answerOf(question, this.#checked());
    if (question.call === 'page/live') {
      return livePage(question.request, {
        revision: this.#revision,
        documents: this.#documents,
        model: this.#model,
        demo: this.#demo.rows(this.#model),
        analyses: this.#profiles.map((profile) => this.#analysisOf(profile)),
        problemsOf: (path) => this.#listOf(path),
      });
    }
    const profile = this.#profiles.find((one) => one.qualifiedName === question.request.profile);
    if (!profile) {
      const names = this.#profiles.map((one) => one.qualifiedName).join(', ');
      const choice = names ? `Offline profiles: ${names}.` : 'The project has none.';
      throw userFault(
        'analysis/no-such-profile',
        `There is no offline profile "${question.request.profile}". ${choice}`,
      );
    }
    const analysis = this.#analysisOf(profile);
    const demo = this.#demo.rows(this.#model);
    if (question.call === 'scope/view')
      return scopeView(analysis, this.#model, demo, this.#revision, question.request.role);
    return whatIf({ documents: this.#documents, model: this.#model, analysis, demo }, question.request);
  }
}

function isOfRelease(question: AnalysisQuestion): question is ReleaseQuestion {
  return question.call === 'release/review' || question.call === 'release/build';
}

function isSidecar(path: string): boolean {
  return projectFile(path)?.role === 'layout';
}
