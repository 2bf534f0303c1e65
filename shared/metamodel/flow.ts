import { callArguments } from './action.ts';
import { sortItem } from './data-source.ts';
import { dataType, parameter } from './data-type.ts';
import {
  constraintText,
  documentation,
  element,
  elementId,
  expressionText,
  flag,
  flowCase,
  list,
  memberName,
  nameOf,
  newVariable,
  opaqueUse,
  plain,
  reference,
  templateText,
  variable,
  z,
} from './schema.ts';

const base = {
  id: elementId,
  documentation,
  /** What happens when this node fails; the error edge leads on from custom handlers. */
  errorHandling: z._default(z.enum(['abort', 'customWithRollback', 'customWithoutRollback', 'continue']), 'abort'),
};

/** A member set to an expression's value; sets also take add and remove. */
const change = z.object({
  member: memberName,
  operation: z._default(z.enum(['set', 'add', 'remove']), 'set'),
  value: expressionText,
});

const nodes = () => list(z.lazy((): z.core.$ZodType<{ kind: string }> => flowNode));

/** `case`: true or false after a decision, a value's name after an enumeration decision, an entity after a type decision, `empty`. */
export const sequenceFlow = z.object({
  id: elementId,
  from: elementId,
  to: elementId,
  case: z.optional(flowCase),
  error: flag(false),
});
export type SequenceFlow = z.infer<typeof sequenceFlow>;

const loop = z.object({
  kind: z.literal('loop'),
  ...base,
  over: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('list'), list: variable, item: newVariable }),
    z.object({ kind: z.literal('while'), condition: expressionText }),
  ]),
  nodes: nodes(),
  flows: list(sequenceFlow),
});

const retrieveSource = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('database'),
    entity: reference('entity'),
    constraint: z._default(constraintText, ''),
    sort: list(sortItem),
    /** `first` yields one object or empty, the others a list. */
    range: z._default(
      z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('all') }),
        z.object({ kind: z.literal('first') }),
        z.object({ kind: z.literal('custom'), offset: expressionText, limit: expressionText }),
      ]),
      { kind: 'all' },
    ),
  }),
  z.object({ kind: z.literal('association'), variable, association: reference('association') }),
]);

const listOperation = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['union', 'intersect', 'subtract', 'contains', 'equals']), other: variable }),
  z.object({ kind: z.literal('sort'), sort: list(sortItem) }),
  z.object({ kind: z.enum(['filter', 'find']), condition: expressionText }),
  z.object({ kind: z.enum(['head', 'tail']) }),
  z.object({ kind: z.literal('range'), offset: z.optional(expressionText), limit: z.optional(expressionText) }),
]);

const errorOutput = { output: z.optional(newVariable) };

/**
 * A node of a flow. Each activity that produces a value names its variable in `output`. In conditions of `filter`,
 * `find` and `reduce` the item is `$currentObject`.
 */
export const flowNode = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('start'), ...base }),
  z.object({ kind: z.literal('end'), ...base, value: z.optional(expressionText) }),
  z.object({ kind: z.literal('exclusiveSplit'), ...base, caption: z.optional(plain), condition: expressionText }),
  z.object({ kind: z.literal('typeSplit'), ...base, variable }),
  z.object({ kind: z.literal('merge'), ...base }),
  loop,
  z.object({ kind: z.literal('break'), ...base }),
  z.object({ kind: z.literal('continue'), ...base }),
  z.object({ kind: z.literal('annotation'), ...base, text: plain }),
  z.object({ kind: z.literal('errorEnd'), ...base }),
  z.object({
    kind: z.literal('createObject'),
    ...base,
    entity: reference('entity'),
    changes: list(change),
    commit: flag(false),
    output: newVariable,
  }),
  z.object({ kind: z.literal('changeObject'), ...base, variable, changes: list(change), commit: flag(false) }),
  z.object({ kind: z.literal('commit'), ...base, variable, withEvents: flag(true) }),
  z.object({ kind: z.literal('delete'), ...base, variable }),
  z.object({ kind: z.literal('rollback'), ...base, variable }),
  z.object({ kind: z.literal('cast'), ...base, variable, entity: reference('entity'), output: newVariable }),
  z.object({ kind: z.literal('retrieve'), ...base, source: retrieveSource, output: newVariable }),
  z.object({ kind: z.literal('createList'), ...base, entity: reference('entity'), output: newVariable }),
  z.object({
    kind: z.literal('changeList'),
    ...base,
    variable,
    operation: z.enum(['add', 'remove', 'replace', 'clear']),
    value: z.optional(expressionText),
  }),
  z.object({ kind: z.literal('listOperation'), ...base, variable, operation: listOperation, output: newVariable }),
  z.object({
    kind: z.literal('aggregateList'),
    ...base,
    variable,
    function: z.enum(['sum', 'average', 'count', 'min', 'max', 'reduce']),
    /** What is aggregated, over `$currentObject`; absent for count. For reduce the value so far is `$currentResult`. */
    expression: z.optional(expressionText),
    initial: z.optional(expressionText),
    resultType: z.optional(dataType),
    output: newVariable,
  }),
  z.object({
    kind: z.literal('createVariable'),
    ...base,
    type: dataType,
    value: z.optional(expressionText),
    output: newVariable,
  }),
  z.object({ kind: z.literal('changeVariable'), ...base, variable, value: expressionText }),
  z.object({
    kind: z.literal('callMicroflow'),
    ...base,
    microflow: reference('microflow'),
    arguments: callArguments,
    ...errorOutput,
  }),
  z.object({
    kind: z.literal('callNanoflow'),
    ...base,
    nanoflow: reference('nanoflow'),
    arguments: callArguments,
    ...errorOutput,
  }),
  z.object({
    kind: z.literal('callAction'),
    ...base,
    action: reference('javaScriptAction'),
    arguments: callArguments,
    ...errorOutput,
  }),
  z.object({
    kind: z.literal('callRest'),
    ...base,
    method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
    url: expressionText,
    headers: z._default(z.record(plain, expressionText), {}),
    body: z.optional(expressionText),
    ...errorOutput,
  }),
  z.object({ kind: z.literal('showPage'), ...base, page: reference('page'), arguments: callArguments }),
  z.object({ kind: z.literal('closePage'), ...base }),
  z.object({
    kind: z.literal('showMessage'),
    ...base,
    level: z._default(z.enum(['information', 'warning', 'error']), 'information'),
    text: templateText,
    parameters: list(expressionText),
    blocking: flag(false),
  }),
  z.object({
    kind: z.literal('validationFeedback'),
    ...base,
    variable,
    member: memberName,
    text: templateText,
    parameters: list(expressionText),
  }),
  z.object({ kind: z.literal('showHomePage'), ...base }),
  z.object({ kind: z.literal('openUrl'), ...base, url: expressionText }),
  z.object({
    kind: z.literal('logMessage'),
    ...base,
    level: z._default(z.enum(['debug', 'info', 'warning', 'error']), 'info'),
    message: expressionText,
  }),
  z.object({
    kind: z.literal('synchronize'),
    ...base,
    scope: z._default(z.enum(['all', 'unsynchronized', 'selected']), 'all'),
    variables: list(variable),
  }),
  z.object({ kind: z.literal('synchronizeToDevice'), ...base, variable }),
  z.object({ kind: z.literal('cancelSynchronization'), ...base }),
  z.object({
    kind: z.literal('clearFromDevice'),
    ...base,
    entity: z.optional(reference('entity')),
    variable: z.optional(variable),
  }),
  z.object({ kind: z.literal('signOut'), ...base }),
  z.object({
    kind: z.literal('opaque'),
    ...base,
    type: plain,
    uses: list(opaqueUse),
    raw: z.unknown(),
  }),
]);

type Raw = z.infer<typeof flowNode>;
export type FlowNode =
  | Exclude<Raw, { kind: 'loop' }>
  | (Omit<Extract<Raw, { kind: 'loop' }>, 'nodes'> & { nodes: FlowNode[] });
export type FlowNodeKind = FlowNode['kind'];
export type FlowNodeOf<K extends FlowNodeKind> = Extract<FlowNode, { kind: K }>;

const flow = {
  ...element,
  parameters: list(parameter),
  returnType: z._default(dataType, { kind: 'Nothing' }),
  allowedModuleRoles: list(nameOf('moduleRole')),
  nodes: list(flowNode),
  flows: list(sequenceFlow),
};

export const microflow = z.object({
  format: z.int(),
  kind: z.literal('microflow'),
  ...flow,
  applyEntityAccess: flag(false),
});
export type Microflow = Omit<z.infer<typeof microflow>, 'nodes'> & { nodes: FlowNode[] };

export const nanoflow = z.object({ format: z.int(), kind: z.literal('nanoflow'), ...flow });
export type Nanoflow = Omit<z.infer<typeof nanoflow>, 'nodes'> & { nodes: FlowNode[] };
export type Flow = Microflow | Nanoflow;
