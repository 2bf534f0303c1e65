import { must, unreachable } from '../base/invariant.ts';
import type { DomainView } from '../metamodel/domain-view.ts';
import type { FlowNode, FlowNodeKind, FlowNodeOf } from '../metamodel/flow.ts';
import type { DocumentKind } from '../metamodel/kinds.ts';
import { aggregateType } from './output.ts';
import type { Activity, ActivityCommon, ChangedMember, MemberChange, Reference } from './program.ts';
import { changedMember, documentReference, entityReference } from './resolve.ts';
import type { Scope } from './variables.ts';

type ControlKind =
  | 'start'
  | 'end'
  | 'errorEnd'
  | 'exclusiveSplit'
  | 'typeSplit'
  | 'merge'
  | 'loop'
  | 'break'
  | 'continue'
  | 'annotation';
export type ActivityNode = FlowNodeOf<Exclude<FlowNodeKind, ControlKind>>;

type Without<T> = T extends unknown ? Omit<T, keyof ActivityCommon> : never;
type Body = Without<Activity>;

/** What an activity does, names resolved; of checked flows only. */
export function compileActivity(node: ActivityNode, scope: Scope, view: DomainView): Body {
  const entity = (name: string) => must(entityReference(name, view), `entity ${name} was checked`);
  const document = (kind: DocumentKind, name: string) =>
    must(documentReference(kind, name, view), `${kind} ${name} was checked`);
  switch (node.kind) {
    case 'createObject':
      return {
        kind: node.kind,
        entity: entity(node.entity),
        changes: changesOf(node.changes, node.entity, view),
        commit: node.commit,
        output: node.output,
      };
    case 'changeObject':
      return {
        kind: node.kind,
        variable: node.variable,
        changes: changesOf(node.changes, entityOf(node.variable, scope), view),
        commit: node.commit,
      };
    case 'commit':
      return { kind: node.kind, variable: node.variable, withEvents: node.withEvents };
    case 'delete':
    case 'rollback':
    case 'synchronizeToDevice':
      return { kind: node.kind, variable: node.variable };
    case 'cast':
      return { kind: node.kind, variable: node.variable, entity: entity(node.entity), output: node.output };
    case 'retrieve':
      return retrieve(node, scope, view, entity);
    case 'createList':
      return { kind: node.kind, entity: entity(node.entity), output: node.output };
    case 'changeList':
      return { kind: node.kind, variable: node.variable, operation: node.operation, ...optional('value', node.value) };
    case 'listOperation':
      return {
        kind: node.kind,
        variable: node.variable,
        operation: listOperation(node.operation),
        output: node.output,
      };
    case 'aggregateList':
      return {
        kind: node.kind,
        variable: node.variable,
        function: node.function,
        ...optional('expression', node.expression),
        ...optional('initial', node.initial),
        type: aggregateType(node),
        output: node.output,
      };
    case 'createVariable':
      return { kind: 'setVariable', type: node.type, ...optional('value', node.value), output: node.output };
    case 'changeVariable': {
      const type = must(scope.get(node.variable), 'the variable was checked').type;
      return { kind: 'setVariable', type, value: node.value, output: node.variable };
    }
    case 'callMicroflow':
      return {
        kind: node.kind,
        target: document('microflow', node.microflow),
        arguments: node.arguments,
        ...optional('output', node.output),
      };
    case 'callNanoflow':
      return {
        kind: node.kind,
        target: document('nanoflow', node.nanoflow),
        arguments: node.arguments,
        ...optional('output', node.output),
      };
    case 'callAction':
      return {
        kind: node.kind,
        target: document('javaScriptAction', node.action),
        arguments: node.arguments,
        ...optional('output', node.output),
      };
    case 'callRest':
      return {
        kind: node.kind,
        method: node.method,
        url: node.url,
        headers: node.headers,
        ...optional('body', node.body),
        ...optional('output', node.output),
      };
    case 'showPage':
      return { kind: node.kind, page: document('page', node.page), arguments: node.arguments };
    case 'closePage':
    case 'showHomePage':
    case 'cancelSynchronization':
    case 'signOut':
      return { kind: node.kind };
    case 'showMessage':
      return {
        kind: node.kind,
        level: node.level,
        text: node.text,
        parameters: node.parameters,
        blocking: node.blocking,
      };
    case 'validationFeedback': {
      const member = memberOf(entityOf(node.variable, scope), node.member, view);
      return { kind: node.kind, variable: node.variable, member, text: node.text, parameters: node.parameters };
    }
    case 'openUrl':
      return { kind: node.kind, url: node.url };
    case 'logMessage':
      return { kind: node.kind, level: node.level, message: node.message };
    case 'synchronize':
      return { kind: node.kind, scope: node.scope, variables: node.variables };
    case 'clearFromDevice':
      return {
        kind: node.kind,
        ...(node.entity === undefined ? {} : { entity: entity(node.entity) }),
        ...optional('variable', node.variable),
      };
    case 'opaque':
      return { kind: node.kind, type: node.type };
    default:
      return unreachable(node);
  }
}

function retrieve(
  node: FlowNodeOf<'retrieve'>,
  scope: Scope,
  view: DomainView,
  entity: (name: string) => Reference,
): Body {
  const { source, output } = node;
  if (source.kind === 'database') {
    const { constraint, sort, range } = source;
    return {
      kind: 'retrieve',
      entity: entity(source.entity),
      constraint,
      variables: variablesIn(constraint, scope),
      sort,
      range,
      output,
    };
  }
  const end = must(view.step(entityOf(source.variable, scope), source.association), 'the association was checked');
  const association = { id: end.id, name: end.qualifiedName };
  const { direction, single } = end;
  return { kind: 'follow', variable: source.variable, association, direction, single, entity: entity(end.far), output };
}

/** Those in scope whose `$name` occurs; one that occurs only inside a quoted text does no harm. */
function variablesIn(constraint: string, scope: Scope): readonly string[] {
  const named = new Set(Array.from(constraint.matchAll(/\$([A-Za-z_][A-Za-z0-9_]*)/g), (match) => match[1] ?? ''));
  return [...scope.keys()].filter((name) => named.has(name));
}

function listOperation(operation: Extract<FlowNode, { kind: 'listOperation' }>['operation']) {
  if (operation.kind !== 'range') return operation;
  return { kind: operation.kind, ...optional('offset', operation.offset), ...optional('limit', operation.limit) };
}

function changesOf(
  changes: FlowNodeOf<'changeObject'>['changes'],
  entity: string,
  view: DomainView,
): readonly MemberChange[] {
  return changes.map(({ member, operation, value }) => ({ member: memberOf(entity, member, view), operation, value }));
}

function memberOf(entity: string, member: string, view: DomainView): ChangedMember {
  return must(changedMember(entity, member, view), `member ${member} of ${entity} was checked`);
}

function entityOf(variable: string, scope: Scope): string {
  const type = scope.get(variable)?.type;
  return type?.kind === 'Object' ? type.entity : '';
}

/** The key only when there is a value: programs are compared and hashed as JSON. */
function optional<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]?: V });
}
