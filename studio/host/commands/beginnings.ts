import type { JsonObject } from '@skerry/shared/base/json';
import { newElementId } from '@skerry/shared/metamodel/ids';
import type { DocumentKind } from '@skerry/shared/metamodel/kinds';
import { type CommandContext, refuse } from './command.ts';

/** What a new document of a kind begins with, beside its id, name, kind and format. */
export function beginning(context: CommandContext, kind: DocumentKind, module: string, name: string): JsonObject {
  const { model, random } = context;
  const id = () => newElementId(random);
  const words = (said: string) => ({ [model.app.defaultLanguage]: said });
  const roles = () => moduleRoles(context, module);
  switch (kind) {
    case 'entity':
      return { attributes: [] };
    case 'enumeration':
      return { values: [{ id: id(), name: 'First', caption: words('First') }] };
    case 'constant':
      return { type: 'String', value: '' };
    case 'nanoflow':
      return { allowedModuleRoles: roles(), ...emptyFlow(id) };
    case 'microflow':
      return emptyFlow(id);
    case 'page':
      return {
        layout: usualLayout(context, module),
        allowedModuleRoles: roles(),
        title: words(spaced(name)),
        widgets: [],
      };
    case 'snippet':
      return { widgets: [] };
    case 'layout':
      return { widgets: [{ kind: 'placeholder', id: id(), name: 'content' }] };
    case 'menu':
      return { items: [] };
    case 'rule':
      return { parameters: [], expression: 'true' };
    case 'regularExpression':
      return { expression: '.*' };
    case 'javaScriptAction':
      return { parameters: [] };
    case 'navigationProfile':
      return { profile: 'offlineWeb', homePage: usualHome(context), menu: [] };
    case 'domain':
      return { annotations: [] };
    case 'evolution':
      return { version: name, decisions: [] };
    default:
      return refuse('command/no-beginning', `A new ${kind} cannot be made from nothing: give its content.`);
  }
}

/** The source of a new JavaScript action. */
export function actionSource(name: string): string {
  return `export async function ${name}(): Promise<void> {}\n`;
}

function emptyFlow(id: () => string): JsonObject {
  const [start, end] = [id(), id()];
  return {
    nodes: [
      { kind: 'start', id: start },
      { kind: 'end', id: end },
    ],
    flows: [{ id: id(), from: start, to: end }],
  };
}

function moduleRoles({ model }: CommandContext, module: string): string[] {
  return model.find('module', module)?.content.moduleRoles.map(({ name }) => name) ?? [];
}

/** The layout that most pages of the module have, else that most pages have, else any. */
function usualLayout({ model }: CommandContext, module: string): string {
  const pages = [...model.all('page').values()];
  const counts = new Map<string, number>();
  for (const page of pages) {
    // A page of the same module counts more than all the others together.
    const weight = page.module === module ? pages.length : 1;
    counts.set(page.content.layout, (counts.get(page.content.layout) ?? 0) + weight);
  }
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  const layout = most?.[0] ?? model.all('layout').keys().next().value;
  return layout ?? refuse('command/no-layout', 'A page stands in a layout, and there is none. Make a layout first.');
}

/** The home page of another profile, else a page that needs no objects. */
function usualHome({ model }: CommandContext): JsonObject {
  for (const { content } of model.all('navigationProfile').values()) {
    if (content.homePage.page !== undefined) return { page: content.homePage.page };
  }
  for (const [page, { content }] of model.all('page')) if (content.parameters.length === 0) return { page };
  return {};
}

/** `InspectionDetail` as a title: `Inspection detail`. */
function spaced(name: string): string {
  const parts = name.replaceAll('_', ' ').replace(/([a-z0-9])([A-Z])/g, '$1 $2');
  return parts.slice(0, 1) + parts.slice(1).toLowerCase();
}
