import { compareCodePoints } from '../base/json.ts';
import type { Security } from '../metamodel/app.ts';
import type { ModelDocument } from '../metamodel/model.ts';
import { factsOf, type Place } from './facts.ts';
import type { Reach, Reached } from './reach.ts';

/** What users of one role can come to on the device: a part of what the profile reaches. */
export interface Opens {
  /** `page:Field.Home`, in order of names; flows and the like included. */
  readonly documents: ReadonlySet<string>;
  readonly pages: readonly string[];
}

interface Role {
  readonly name: string;
  readonly moduleRoles: ReadonlySet<string>;
}

/**
 * SC8: the walk again, as one role sees it. Menu items, homes and widgets that are for other roles are passed over, and
 * pages and nanoflows that the role may not use when a page or menu leads to them. What a nanoflow calls it may call.
 */
export function opensOf(
  given: Security['userRoles'][number],
  reach: Reach,
  profile: ModelDocument<'navigationProfile'>,
): Opens {
  const role: Role = { name: given.name, moduleRoles: new Set(given.moduleRoles) };
  const seen = new Set<string>();
  const queue: Reached[] = [];
  const visit = (key: string, from: Reached | undefined) => {
    if (seen.has(key)) return;
    const reached = reach.documents.get(key);
    if (!reached || (from && !mayOpen(role, reached, from))) return;
    seen.add(key);
    queue.push(reached);
  };
  const hasOwnHome = profile.content.homePageByRole.some((home) => home.role === role.name);
  visit(`navigation:${profile.qualifiedName}`, undefined);
  // What entities do by themselves happens to whoever has their rows.
  for (const [key, reached] of reach.documents) if (reached.kind === 'entity') visit(key, undefined);
  for (const reached of queue) {
    if (reached.kind === 'microflow') continue;
    for (const edge of factsOf(reached.document).edges) {
      const isDefaultHome = reached.kind === 'navigation' && edge.place.steps[0] === 'home';
      if (visibleTo(edge.place, role) && !(isDefaultHome && hasOwnHome)) visit(edge.key, reached);
    }
  }
  const pages = [...seen].filter((key) => key.startsWith('page:')).map((key) => key.slice('page:'.length));
  return { documents: seen, pages: pages.sort(compareCodePoints) };
}

/** Whether something at this place of a document is there for the role. */
export function visibleTo(place: Place, role: { readonly name: string }): boolean {
  return place.roles === undefined || place.roles.includes(role.name);
}

/** From where a nanoflow starts without being asked for by a user. */
const UNASKED: ReadonlySet<Reached['kind']> = new Set(['nanoflow', 'navigation', 'entity']);

function mayOpen(role: Role, reached: Reached, from: Reached): boolean {
  const { content, module } = reached.document;
  const asked = content.kind === 'page' || (content.kind === 'nanoflow' && !UNASKED.has(from.kind));
  if (asked) {
    return content.allowedModuleRoles.some((name) => role.moduleRoles.has(`${module}.${name}`));
  }
  return true;
}
