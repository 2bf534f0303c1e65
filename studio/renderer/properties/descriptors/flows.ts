import { type Descriptor, type Descriptors, plainly } from './descriptor.ts';

const flow: Descriptor = {
  groups: [
    { id: 'general', keys: ['name', 'documentation'] },
    { id: 'signature', keys: ['parameters', 'returnType'] },
    { id: 'access', keys: ['allowedModuleRoles', 'applyEntityAccess'] },
    { id: 'contents', keys: ['nodes', 'flows'], isClosed: true },
  ],
};

export const FLOWS: Descriptors = {
  microflow: flow,
  nanoflow: flow,
  /** One order for all nodes: each shows what it has. */
  node: {
    groups: [
      {
        id: 'general',
        keys: [
          'caption',
          'condition',
          'variable',
          'entity',
          'source',
          'over',
          'type',
          'operation',
          'function',
          'expression',
          'initial',
          'resultType',
          'changes',
          'value',
          'microflow',
          'nanoflow',
          'action',
          'page',
          'arguments',
          'method',
          'url',
          'headers',
          'body',
          'level',
          'member',
          'text',
          'message',
          'parameters',
          'blocking',
          'scope',
          'variables',
          'commit',
          'withEvents',
          'output',
        ],
      },
      { id: 'errors', keys: ['errorHandling'] },
      { id: 'contents', keys: ['nodes', 'flows'], isClosed: true },
      { id: 'documentation', keys: ['documentation'] },
    ],
    summary: ['caption', 'output', 'entity', 'variable', 'text'],
  },
  sequenceFlow: { ...plainly('from', 'to', 'case', 'error'), summary: ['case', 'from', 'to'] },
  changes: { ...plainly('member', 'operation', 'value'), summary: ['member', 'value'] },
  over: plainly('list', 'item', 'condition'),
  operation: plainly('other', 'sort', 'condition', 'offset', 'limit'),
  range: plainly('offset', 'limit'),
};
