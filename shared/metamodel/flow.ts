import { callArguments } from './action.ts';
import { dataType, parameter } from './data-type.ts';
import { sortItem } from './data-source.ts';
import { constraintText, documentation, element, elementId, expressionText, flag, list, name, qualifiedName, text, z } from './schema.ts';

const variable = z.string();
const base = {
  id: elementId,
  documentation,
  /** What happens when this node fails; the error edge leads on from custom handlers. */
  errorHandling: z._default(z.enum(['abort', 'customWithRollback', 'customWithoutRollback', 'continue']), 'abort'),
};

/** A member set to an expression's value; sets also take add and remove. */
const change = z.object({ member: z.string(), operation: z._default(z.enum(['set', 'add', 'remove']), 'set'), value: expressionText });

const nodes = () => list(z.lazy((): z.core.$ZodType<{ kind: string }> => flowNode));

/** `case`: true or false after a decision, a value's name after an enumeration decision, an entity after a type decision, `empty`. */
export const sequenceFlow = z.object({
  id: elementId,
  from: elementId,
  to: elementId,
  case: z.optional(z.string()),
  error: flag(false),
});
export type SequenceFlow = z.infer<typeof sequenceFlow>;

const loop = z.object({
  ...base,
  kind: z.literal('loop'),
  over: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('list'), list: variable, item: variable }),
    z.object({ kind: z.literal('while'), condition: expressionText }),
  ]),
  nodes: nodes(),
  flows: list(sequenceFlow),
});

const retrieveSource = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('database'),
    entity: qualifiedName,
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
  z.object({ kind: z.literal('association'), variable, association: qualifiedName }),
]);

const listOperation = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['union', 'intersect', 'subtract', 'contains', 'equals']), other: variable }),
  z.object({ kind: z.literal('sort'), sort: list(sortItem) }),
  z.object({ kind: z.enum(['filter', 'find']), condition: expressionText }),
  z.object({ kind: z.enum(['head', 'tail']) }),
  z.object({ kind: z.literal('range'), offset: z.optional(expressionText), limit: z.optional(expressionText) }),
]);

const errorOutput = { output: z.optional(variable) };

/**
 * A node of a flow. Each activity that produces a value names its variable in `output`. In conditions of `filter`,
 * `find` and `reduce` the item is `$currentObject`.
 */
export const flowNode = z.discriminatedUnion('kind', [
  z.object({ ...base, kind: z.literal('start') }),
  z.object({ ...base, kind: z.literal('end'), value: z.optional(expressionText) }),
  z.object({ ...base, kind: z.literal('exclusiveSplit'), caption: z.optional(z.string()), condition: expressionText }),
  z.object({ ...base, kind: z.literal('typeSplit'), variable }),
  z.object({ ...base, kind: z.literal('merge') }),
  loop,
  z.object({ ...base, kind: z.literal('break') }),
  z.object({ ...base, kind: z.literal('continue') }),
  z.object({ ...base, kind: z.literal('annotation'), text: z.string() }),
  z.object({ ...base, kind: z.literal('errorEnd') }),
  z.object({ ...base, kind: z.literal('createObject'), entity: qualifiedName, changes: list(change), commit: flag(false), output: variable }),
  z.object({ ...base, kind: z.literal('changeObject'), variable, changes: list(change), commit: flag(false) }),
  z.object({ ...base, kind: z.literal('commit'), variable, withEvents: flag(true) }),
  z.object({ ...base, kind: z.literal('delete'), variable }),
  z.object({ ...base, kind: z.literal('rollback'), variable }),
  z.object({ ...base, kind: z.literal('cast'), variable, entity: qualifiedName, output: variable }),
  z.object({ ...base, kind: z.literal('retrieve'), source: retrieveSource, output: variable }),
  z.object({ ...base, kind: z.literal('createList'), entity: qualifiedName, output: variable }),
  z.object({ ...base, kind: z.literal('changeList'), variable, operation: z.enum(['add', 'remove', 'replace', 'clear']), value: z.optional(expressionText) }),
  z.object({ ...base, kind: z.literal('listOperation'), variable, operation: listOperation, output: variable }),
  z.object({
    ...base,
    kind: z.literal('aggregateList'),
    variable,
    function: z.enum(['sum', 'average', 'count', 'min', 'max', 'reduce']),
    /** What is aggregated, over `$currentObject`; absent for count. For reduce the value so far is `$currentResult`. */
    expression: z.optional(expressionText),
    initial: z.optional(expressionText),
    resultType: z.optional(dataType),
    output: variable,
  }),
  z.object({ ...base, kind: z.literal('createVariable'), type: dataType, value: z.optional(expressionText), output: variable }),
  z.object({ ...base, kind: z.literal('changeVariable'), variable, value: expressionText }),
  z.object({ ...base, kind: z.literal('callMicroflow'), microflow: qualifiedName, arguments: callArguments, ...errorOutput }),
  z.object({ ...base, kind: z.literal('callNanoflow'), nanoflow: qualifiedName, arguments: callArguments, ...errorOutput }),
  z.object({ ...base, kind: z.literal('callAction'), action: qualifiedName, arguments: callArguments, ...errorOutput }),
  z.object({
    ...base,
    kind: z.literal('callRest'),
    method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
    url: expressionText,
    headers: callArguments,
    body: z.optional(expressionText),
    ...errorOutput,
  }),
  z.object({ ...base, kind: z.literal('showPage'), page: qualifiedName, arguments: callArguments }),
  z.object({ ...base, kind: z.literal('closePage') }),
  z.object({
    ...base,
    kind: z.literal('showMessage'),
    level: z._default(z.enum(['information', 'warning', 'error']), 'information'),
    text,
    parameters: list(expressionText),
    blocking: flag(false),
  }),
  z.object({ ...base, kind: z.literal('validationFeedback'), variable, member: name, text, parameters: list(expressionText) }),
  z.object({ ...base, kind: z.literal('showHomePage') }),
  z.object({ ...base, kind: z.literal('openUrl'), url: expressionText }),
  z.object({ ...base, kind: z.literal('logMessage'), level: z._default(z.enum(['debug', 'info', 'warning', 'error']), 'info'), message: expressionText }),
  z.object({ ...base, kind: z.literal('synchronize'), scope: z._default(z.enum(['all', 'unsynchronized', 'selected']), 'all'), variables: list(variable) }),
  z.object({ ...base, kind: z.literal('synchronizeToDevice'), variable }),
  z.object({ ...base, kind: z.literal('cancelSynchronization') }),
  z.object({ ...base, kind: z.literal('clearFromDevice'), entity: z.optional(qualifiedName), variable: z.optional(variable) }),
  z.object({ ...base, kind: z.literal('signOut') }),
  z.object({
    ...base,
    kind: z.literal('opaque'),
    type: z.string(),
    uses: list(z.object({ element: z.string(), how: z.string() })),
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
  format: z.int(),
  ...element,
  parameters: list(parameter),
  returnType: z._default(dataType, { kind: 'Nothing' }),
  allowedModuleRoles: list(name),
  nodes: list(flowNode),
  flows: list(sequenceFlow),
};

export const microflow = z.object({ ...flow, kind: z.literal('microflow'), applyEntityAccess: flag(false) });
export type Microflow = Omit<z.infer<typeof microflow>, 'nodes'> & { nodes: FlowNode[] };

export const nanoflow = z.object({ ...flow, kind: z.literal('nanoflow') });
export type Nanoflow = Omit<z.infer<typeof nanoflow>, 'nodes'> & { nodes: FlowNode[] };
export type Flow = Microflow | Nanoflow;
