import { grantsOf } from '@skerry/shared/access/grants-of';
import { evaluateRights, type Rights } from '@skerry/shared/access/rights';
import type { Diagnostic } from '@skerry/shared/base/diagnostic';
import { userFault } from '@skerry/shared/base/fault';
import type { ObjectId } from '@skerry/shared/base/ids';
import { err, ok, type Result } from '@skerry/shared/base/result';
import type { BindingEnvironment } from '@skerry/shared/constraint/bind-values';
import { resolveConstraint } from '@skerry/shared/constraint/resolve';
import type { ResolvedConstraint } from '@skerry/shared/constraint/resolved';
import { toPredicate } from '@skerry/shared/constraint/to-predicate';
import type { Session } from '@skerry/shared/expression/session';
import { domainView } from '@skerry/shared/metamodel/domain-view';
import type { Model } from '@skerry/shared/metamodel/model';
import {
  anonymousSession,
  type DemoObjects,
  demoEnvironment,
  demoSession,
  type SessionSettings,
} from '@skerry/shared/scope/demo-objects';

export interface DemoQuery {
  readonly model: Model;
  readonly objects: DemoObjects;
  /** Qualified name. */
  readonly entity: string;
  readonly constraint: string;
  /** Name of a demo user, whose session and access apply; absent: nobody's session, and all objects. */
  readonly as?: string | undefined;
  readonly settings: SessionSettings;
}

/** A query made ready: the constraint, and what it is evaluated in. */
export interface PreparedQuery {
  readonly resolved: ResolvedConstraint;
  readonly environment: BindingEnvironment;
  /** Whether the user may read the object at all. */
  readonly readable: (id: ObjectId) => boolean;
}

/** Throws a Fault for an entity or user that is not there; a wrong constraint is a value. */
export function prepareQuery(query: DemoQuery): Result<PreparedQuery, readonly Diagnostic[]> {
  const { model, objects, entity, settings } = query;
  const view = domainView(model);
  if (!view.entity(entity))
    throw userFault('query/unknown-entity', `There is no entity ${entity}. Write Module.Entity.`);
  const session = query.as === undefined ? anonymousSession(view, settings.now) : sessionOf(query.as, query);
  const environment = demoEnvironment(objects, view, session, settings);
  const { resolved, diagnostics } = resolveConstraint(query.constraint, { view, entity });
  if (!resolved) return err(diagnostics);
  const readable = (id: ObjectId) => query.as === undefined || rightsIn(id, query, session, environment).read.size > 0;
  return ok({ resolved, environment, readable });
}

/** Ids of the matching objects in memory, in order of ids. */
export function queryInMemory(
  query: DemoQuery,
  { resolved, environment, readable }: PreparedQuery,
): readonly ObjectId[] {
  const holds = toPredicate(resolved, environment);
  return query.objects
    .of(query.entity)
    .filter((object) => holds(object.id, query.objects) && readable(object.id))
    .map((object) => object.id)
    .sort();
}

function sessionOf(name: string, { model, objects, settings }: DemoQuery): Session {
  const session = demoSession(name, objects, domainView(model), settings);
  if (session) return session;
  const names = model.security.demoUsers.map((user) => user.name).join(', ');
  throw userFault('query/unknown-user', `There is no demo user "${name}". Demo users: ${names || 'none'}.`);
}

/** An object's rights come from the rules of its own entity, whichever entity was asked for. */
function rightsIn(
  id: ObjectId,
  { model, objects }: DemoQuery,
  session: Session,
  environment: BindingEnvironment,
): Rights {
  const view = domainView(model);
  const own = objects.all.get(id)?.entity ?? '';
  const holds = (constraint: string) => {
    const { resolved } = resolveConstraint(constraint, { view, entity: own });
    return resolved !== null && toPredicate(resolved, environment)(id, objects);
  };
  return evaluateRights(grantsOf(view, own), holds, session.roles);
}
