import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Diagnostic } from '@skerry/shared/base/diagnostic';
import { userFault } from '@skerry/shared/base/fault';
import type { Signer } from '@skerry/shared/bundle/verify';
import { type Model, readModel } from '@skerry/shared/metamodel/model';
import type { OpenProject } from '../project/open-project.ts';
import { type BuiltRelease, buildRelease } from './build-release.ts';

export interface ProjectReleaseOptions {
  readonly signer: Signer;
  readonly nowMs: number;
  readonly isDevelopment: boolean;
  /** In place of the one in skerry.json. */
  readonly version?: string | undefined;
}

/** A project as a release, ready to send. @throws Fault `publish/errors` that says what to correct first */
export async function releaseOfProject(project: OpenProject, options: ProjectReleaseOptions): Promise<BuiltRelease> {
  refuse(project.diagnostics);
  const model = options.version === undefined ? project.model : withVersion(project, options.version);
  const built = buildRelease(model, { ...options, actionSources: await actionSources(project) });
  if (built.ok) return built.value;
  refuse(built.error);
  throw userFault('publish/errors', 'The project cannot be built.');
}

/** TypeScript of the JavaScript actions, beside their signatures. */
async function actionSources(project: OpenProject): Promise<ReadonlyMap<string, string>> {
  const sources = new Map<string, string>();
  for (const { path, qualifiedName } of project.model.all('javaScriptAction').values()) {
    const source = path.replace(/\.json$/, '.ts');
    if (project.files.has(source)) sources.set(qualifiedName, await readFile(join(project.folder, source), 'utf8'));
  }
  return sources;
}

function withVersion({ documents }: OpenProject, version: string): Model {
  const app = documents.get('skerry.json');
  if (!app) throw userFault('publish/errors', 'The project has no skerry.json.');
  return readModel(new Map([...documents, ['skerry.json', { ...app, version }]]));
}

function refuse(diagnostics: readonly Diagnostic[]): void {
  const errors = diagnostics.filter((one) => one.severity === 'error');
  if (errors.length === 0) return;
  const shown = errors.slice(0, 5).map((one) => `${one.document ?? 'the project'}: ${one.message}`);
  const more = errors.length > shown.length ? `\n… and ${errors.length - shown.length} more` : '';
  const list = shown.map((line) => `\n  ${line}`).join('');
  throw userFault('publish/errors', `Correct these first (skerry check says more):${list}${more}`);
}
