import type { DataType } from '../metamodel/data-type.ts';
import type { DomainView } from '../metamodel/domain-view.ts';
import type { Flow, FlowNode, FlowNodeOf } from '../metamodel/flow.ts';
import type { DocumentKind } from '../metamodel/kinds.ts';
import type { Report } from './check.ts';
import { allNodes } from './graph.ts';
import { changedMember, documentReference, readOnlyBecause } from './resolve.ts';
import type { FlowVariables, Scope } from './variables.ts';

/** Names of entities, members, documents and variables that nodes use: that they exist and fit. */
export function checkNames(flow: Flow, view: DomainView, variables: FlowVariables, report: Report): void {
  for (const node of allNodes(flow.nodes)) {
    // Where nothing leads, nothing is in scope: the one warning about that is enough.
    const scope = variables.get(node.id);
    if (scope) checkNode(node, new NodeNames(node, scope, view, report));
  }
}

/** The questions asked about one node's names; each reports what it misses. */
class NodeNames {
  readonly node: FlowNode;
  readonly scope: Scope;
  readonly view: DomainView;
  readonly report: Report;

  constructor(node: FlowNode, scope: Scope, view: DomainView, report: Report) {
    this.node = node;
    this.scope = scope;
    this.view = view;
    this.report = report;
  }

  entity(name: string): boolean {
    if (this.view.entity(name)) return true;
    this.report(this.node, 'unknown-entity', `There is no entity ${name}.`);
    return false;
  }

  document(kind: DocumentKind, name: string, parameters?: 'withArguments'): void {
    const found = this.view.model.find(kind, name);
    if (!found) return this.report(this.node, 'unknown-document', `There is no ${kind} ${name}.`);
    if (parameters && documentReference(kind, name, this.view)) this.#arguments(name, found.content);
  }

  #arguments(name: string, content: object): void {
    if (!('parameters' in content) || !('arguments' in this.node)) return;
    const declared = content.parameters as readonly { readonly name: string; readonly required: boolean }[];
    for (const parameter of declared) {
      if (parameter.required && !Object.hasOwn(this.node.arguments, parameter.name)) {
        this.report(this.node, 'missing-argument', `${name} needs a value for its parameter ${parameter.name}.`);
      }
    }
    for (const given of Object.keys(this.node.arguments)) {
      if (!declared.some((parameter) => parameter.name === given)) {
        this.report(this.node, 'unknown-parameter', `${name} has no parameter ${given}.`);
      }
    }
  }

  /** The variable's type, if it is in scope and of one of the kinds. */
  variable(name: string, ...kinds: DataType['kind'][]): DataType | undefined {
    const found = this.scope.get(name);
    if (!found) {
      this.report(this.node, 'unknown-variable', `$${name} has no value here on every way that leads here.`);
      return undefined;
    }
    if (kinds.length > 0 && !kinds.includes(found.type.kind)) {
      this.report(this.node, 'variable-kind', `$${name} is ${found.type.kind}; ${kinds.join(' or ')} is needed here.`);
      return undefined;
    }
    return found.type;
  }

  output(name: string | undefined): void {
    if (name === undefined) return;
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
      this.report(this.node, 'variable-name', `"${name}" is no name for a variable.`);
    } else if (this.scope.has(name)) {
      this.report(
        this.node,
        'variable-exists',
        `$${name} exists already. Choose another name, or change the variable.`,
      );
    }
  }

  changes(entity: string, changes: FlowNodeOf<'changeObject'>['changes']): void {
    for (const change of changes) {
      const member = changedMember(entity, change.member, this.view);
      const because = readOnlyBecause(entity, change.member, this.view);
      if (!member)
        this.report(this.node, 'unknown-member', `${entity} has no member ${change.member} that can be set.`);
      else if (because) this.report(this.node, 'member-not-writable', `${change.member} cannot be set: ${because}.`);
      else if (change.operation !== 'set' && (member.kind === 'attribute' || member.single)) {
        this.report(
          this.node,
          'not-a-set',
          `${change.member} holds one value: it can be set, not ${change.operation === 'add' ? 'added to' : 'removed from'}.`,
        );
      }
    }
  }
}

function checkNode(node: FlowNode, names: NodeNames): void {
  if ('output' in node) names.output(node.output);
  switch (node.kind) {
    case 'createObject':
      if (names.entity(node.entity)) names.changes(node.entity, node.changes);
      return;
    case 'changeObject': {
      const type = names.variable(node.variable, 'Object');
      if (type?.kind === 'Object') names.changes(type.entity, node.changes);
      return;
    }
    case 'validationFeedback': {
      const type = names.variable(node.variable, 'Object');
      if (type?.kind === 'Object' && !changedMember(type.entity, node.member, names.view)) {
        names.report(node, 'unknown-member', `${type.entity} has no member ${node.member}.`);
      }
      return;
    }
    case 'commit':
    case 'delete':
    case 'rollback':
    case 'synchronizeToDevice':
      names.variable(node.variable, 'Object', 'List');
      return;
    case 'typeSplit':
      names.variable(node.variable, 'Object');
      return;
    case 'cast':
      return checkCast(node, names);
    case 'retrieve':
      return checkRetrieve(node, names);
    case 'createList':
      names.entity(node.entity);
      return;
    case 'changeList':
      names.variable(node.variable, 'List');
      if (names.scope.get(node.variable)?.readOnly)
        names.report(node, 'variable-read-only', `$${node.variable} cannot be changed.`);
      if (node.operation !== 'clear' && node.value === undefined)
        names.report(node, 'no-value', `Say what to ${node.operation}.`);
      return;
    case 'listOperation':
      names.variable(node.variable, 'List');
      if (node.operation.kind === 'contains') names.variable(node.operation.other, 'Object');
      else if ('other' in node.operation) names.variable(node.operation.other, 'List');
      return;
    case 'aggregateList':
      names.variable(node.variable, 'List');
      if (node.function !== 'count' && node.expression === undefined)
        names.report(node, 'no-value', `Say what to take the ${node.function} of.`);
      if (node.function === 'reduce' && node.initial === undefined)
        names.report(node, 'no-value', 'Say with which value reducing begins.');
      return;
    case 'changeVariable':
      names.variable(node.variable);
      if (names.scope.get(node.variable)?.readOnly)
        names.report(node, 'variable-read-only', `$${node.variable} cannot be changed.`);
      return;
    case 'loop':
      if (node.over.kind === 'list') {
        names.variable(node.over.list, 'List');
        names.output(node.over.item);
      }
      return;
    case 'errorEnd':
      if (!names.scope.has('latestError'))
        names.report(node, 'no-error', 'An error end hands on a caught error; no error arrow leads here.');
      return;
    case 'callMicroflow':
      return names.document('microflow', node.microflow, 'withArguments');
    case 'callNanoflow':
      return names.document('nanoflow', node.nanoflow, 'withArguments');
    case 'callAction':
      return names.document('javaScriptAction', node.action, 'withArguments');
    case 'showPage':
      return names.document('page', node.page, 'withArguments');
    case 'synchronize':
      for (const variable of node.variables) names.variable(variable, 'Object', 'List');
      return;
    case 'clearFromDevice':
      if (node.entity !== undefined) names.entity(node.entity);
      if (node.variable !== undefined) names.variable(node.variable, 'Object', 'List');
      if (node.entity === undefined && node.variable === undefined)
        names.report(node, 'no-value', 'Say which entity or objects to clear.');
      return;
    default:
      return;
  }
}

function checkCast(node: FlowNodeOf<'cast'>, names: NodeNames): void {
  const type = names.variable(node.variable, 'Object');
  if (!names.entity(node.entity) || type?.kind !== 'Object') return;
  if (!names.view.isA(node.entity, type.entity)) {
    names.report(node, 'impossible-cast', `A ${type.entity} is never a ${node.entity}.`);
  }
}

function checkRetrieve(node: FlowNodeOf<'retrieve'>, names: NodeNames): void {
  const { source } = node;
  if (source.kind === 'database') {
    if (names.entity(source.entity) && !names.view.persistable(source.entity)) {
      names.report(
        node,
        'not-persistable',
        `${source.entity} is not kept in the database. Retrieve it over an association.`,
      );
    }
    return;
  }
  const type = names.variable(source.variable, 'Object');
  if (type?.kind === 'Object' && !names.view.step(type.entity, source.association)) {
    names.report(node, 'unknown-association', `${type.entity} has no association ${source.association}.`);
  }
}
