import { derivedElementId } from '@skerry/shared/base/ids';
import type { JsonObject } from '@skerry/shared/base/json';
import type { Documents, Model, ModelDocument } from '@skerry/shared/metamodel/model';
import { readModel } from '@skerry/shared/metamodel/model';
import type { Layout, Page, Snippet } from '@skerry/shared/metamodel/page';
import type { Analysis, Profile } from '@skerry/shared/scope/analyze';

/** Name of the page on which a snippet or a layout is shown. */
const STAGE = 'LiveStage';

/** What an editor of pages edits. */
export type Shown = ModelDocument<'page'> | ModelDocument<'snippet'> | ModelDocument<'layout'>;

/** A model in which a profile begins with one page, and nothing else. */
export interface LiveModel {
  readonly model: Model;
  readonly profile: Profile;
  readonly page: ModelDocument<'page'>;
}

export function shownDocument(model: Model, path: string): Shown | undefined {
  const found = model.documents.get(path);
  return found && (found.kind === 'page' || found.kind === 'snippet' || found.kind === 'layout')
    ? (found as Shown)
    : undefined;
}

/** The profile that brings the page to devices, else the first: its settings decide what a device holds. */
export function profileFor(shown: Shown, analyses: readonly Analysis[]): Profile | undefined {
  const reaching = shown.kind === 'page' && analyses.find(({ plan }) => plan.pages.includes(shown.content.id));
  return (reaching || analyses[0])?.profile;
}

/** @param version of the bundle: `1.0.<revision>` */
export function liveModel(
  documents: Documents,
  shown: Shown,
  profile: Profile,
  version: string,
): LiveModel | undefined {
  const stage = stageOf(documents, shown);
  const app = documents.get('skerry.json') ?? {};
  const name = `${shown.module}.${stage ? STAGE : shown.content.name}`;
  const begins = { ...profile.source, homePage: { page: name }, homePageByRole: [], menu: [] } as JsonObject;
  const { signInPage: _none, ...withoutSignIn } = begins;
  const synchronization = { ...(begins.synchronization as JsonObject | undefined), triggers: {}, flows: {} };
  const changed = new Map(documents);
  changed.set('skerry.json', { ...app, version });
  changed.set(profile.path, { ...withoutSignIn, synchronization });
  if (stage) changed.set(stage.path, stage.content);
  const model = readModel(changed);
  const found = model.find('navigationProfile', profile.qualifiedName);
  const page = model.find('page', name);
  return found && page ? { model, profile: found, page } : undefined;
}

interface Stage {
  readonly path: string;
  readonly content: JsonObject;
}

/** The page that a snippet or a layout stands on; a page needs none. */
function stageOf(documents: Documents, shown: Shown): Stage | undefined {
  if (shown.kind === 'page') return undefined;
  const roles = documents.get(`modules/${shown.module}/module.json`)?.moduleRoles;
  const allowed = Array.isArray(roles) ? roles.map((role) => String((role as JsonObject).name)) : [];
  return {
    path: `modules/${shown.module}/pages/${STAGE}.json`,
    content: {
      format: 1,
      kind: 'page',
      id: derivedElementId(`live stage of ${shown.content.id}`),
      name: STAGE,
      allowedModuleRoles: allowed,
      title: { [String(documents.get('skerry.json')?.defaultLanguage ?? 'en')]: shown.content.name },
      ...(shown.kind === 'snippet' ? onStage(documents, shown.qualifiedName, shown.content) : inLayout(shown)),
    },
  };
}

function onStage(documents: Documents, qualifiedName: string, snippet: Snippet): JsonObject {
  return {
    parameters: snippet.parameters.map((parameter) => ({
      ...parameter,
      id: derivedElementId(`live parameter of ${parameter.id}`),
    })) as unknown as JsonObject[],
    layout: usualLayout(documents),
    widgets: [
      {
        kind: 'snippetCall',
        id: derivedElementId(`live call of ${snippet.id}`),
        name: 'snippetCall1',
        snippet: qualifiedName,
        arguments: Object.fromEntries(snippet.parameters.map(({ name }) => [name, `$${name}`])),
      },
    ],
  };
}

function inLayout({
  qualifiedName,
  content,
}: {
  readonly qualifiedName: string;
  readonly content: Layout;
}): JsonObject {
  const text = { kind: 'text', name: 'text1', variant: 'muted' };
  return {
    layout: qualifiedName,
    widgets: [
      { ...text, id: derivedElementId(`live text of ${content.id}`), caption: { en: 'The page stands here.' } },
    ],
  };
}

/** The layout that most pages have. */
function usualLayout(documents: Documents): string {
  const counts = new Map<string, number>();
  for (const { kind, layout } of documents.values())
    if (kind === 'page' && typeof layout === 'string') counts.set(layout, (counts.get(layout) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? '';
}

/** User roles whose module roles may open the page. */
export function rolesOf(model: Model, page: { readonly module: string; readonly content: Page }): readonly string[] {
  const allowed = new Set(page.content.allowedModuleRoles.map((role) => `${page.module}.${role}`));
  return model.security.userRoles
    .filter(({ moduleRoles }) => moduleRoles.some((role) => allowed.has(role)))
    .map(({ name }) => name);
}
