import { type Descriptor, type Descriptors, plainly } from './descriptor.ts';

/** One order for all widgets: each shows what it has. */
const widget: Descriptor = {
  groups: [
    { id: 'general', keys: ['name', 'caption', 'label', 'content', 'placeholder', 'image', 'icon', 'menu', 'variant'] },
    {
      id: 'data',
      keys: [
        'attribute',
        'source',
        'association',
        'selectable',
        'latitude',
        'longitude',
        'search',
        'snippet',
        'arguments',
      ],
    },
    { id: 'contents', keys: ['columns', 'tabs', 'widgets', 'package', 'properties'] },
    { id: 'behaviour', keys: ['action', 'onClick', 'onChange', 'onEnter', 'onLeave', 'readOnly', 'pullToRefresh'] },
    { id: 'visibility', keys: ['visible', 'visibleRoles', 'editable'] },
    {
      id: 'appearance',
      keys: ['mode', 'rows', 'unit', 'pageSize', 'empty', 'collapsible', 'keepOnPhone', 'thumbnail', 'class', 'style'],
    },
    { id: 'files', keys: ['accept', 'maxMegabytes'] },
    { id: 'imported', keys: ['type', 'uses', 'raw'] },
  ],
  summary: ['caption', 'label', 'attribute', 'name'],
};

export const PAGES: Descriptors = {
  page: {
    groups: [
      { id: 'general', keys: ['name', 'documentation', 'title', 'layout', 'url'] },
      { id: 'signature', keys: ['parameters'] },
      { id: 'access', keys: ['allowedModuleRoles'] },
      { id: 'contents', keys: ['widgets'] },
    ],
  },
  snippet: {
    groups: [
      { id: 'general', keys: ['name', 'documentation'] },
      { id: 'signature', keys: ['parameters'] },
      { id: 'contents', keys: ['widgets'] },
    ],
  },
  layout: {
    groups: [
      { id: 'general', keys: ['name', 'documentation', 'chrome'] },
      { id: 'contents', keys: ['widgets'] },
    ],
  },
  widget,
  column: { ...plainly('caption', 'path', 'width', 'weight', 'widgets'), summary: ['caption', 'path', 'weight'] },
  tab: { ...plainly('name', 'caption', 'visible', 'widgets'), summary: ['caption'] },
  content: plainly('text', 'parameters'),
  source: plainly(
    'entity',
    'constraint',
    'path',
    'variable',
    'nanoflow',
    'microflow',
    'arguments',
    'widget',
    'sort',
    'limit',
    'range',
    'association',
    'type',
    'uses',
    'raw',
  ),
  sort: { ...plainly('path', 'descending'), columns: ['path', 'descending'], summary: ['path'] },
  action: plainly(
    'page',
    'nanoflow',
    'microflow',
    'arguments',
    'entity',
    'changes',
    'url',
    'confirm',
    'closePage',
    'synchronize',
    'type',
    'uses',
    'raw',
  ),
  properties: plainly('value', 'text', 'expression', 'path', 'action', 'source', 'widgets', 'image'),
};
