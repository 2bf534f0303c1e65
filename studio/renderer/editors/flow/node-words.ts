import type { FlowNode, FlowNodeOf } from '@skerry/shared/metamodel/flow';
import type { Words } from '../../words/index.ts';

/** Their texts are sentences, not expressions. */
const FOR_PEOPLE: ReadonlySet<string> = new Set([
  'annotation',
  'showMessage',
  'validationFeedback',
  'callRest',
  'openUrl',
]);

/** A node in words, as people say what it does. */
export interface NodeWords {
  /** What kind of step it is. */
  readonly title: string;
  /** What it does, and to what. */
  readonly text: string;
  /** The variable it makes, with its `$`. */
  readonly output?: string | undefined;
}

/** @param language of texts for people, as the app's default language says */
export function nodeWords(node: FlowNode, t: Words, language: string): NodeWords {
  const title = node.kind === 'opaque' ? node.type : t(`kind.${node.kind}`);
  const own = textOf(node, t, language);
  const text = FOR_PEOPLE.has(node.kind) ? own : withoutModules(own);
  const output = 'output' in node && node.output ? `$${node.output}` : undefined;
  return { title, text, output };
}

/** For lists and screen readers: one sentence. */
export function nodeSentence(words: NodeWords): string {
  return [words.title, words.text].filter(Boolean).join(' ') + (words.output ? ` → ${words.output}` : '');
}

function textOf(node: FlowNode, t: Words, language: string): string {
  switch (node.kind) {
    case 'start':
    case 'merge':
    case 'break':
    case 'continue':
    case 'errorEnd':
    case 'closePage':
    case 'showHomePage':
    case 'cancelSynchronization':
    case 'signOut':
      return '';
    case 'end':
      return node.value ?? '';
    case 'exclusiveSplit':
      return node.caption ?? node.condition;
    case 'typeSplit':
    case 'commit':
    case 'delete':
    case 'rollback':
    case 'synchronizeToDevice':
      return `$${node.variable}`;
    case 'loop':
      return node.over.kind === 'list'
        ? t('text.eachOf', { item: `$${node.over.item}`, list: `$${node.over.list}` })
        : node.over.condition;
    case 'annotation':
      return node.text;
    case 'createObject':
      return changedText(shortName(node.entity), node, t);
    case 'changeObject':
      return changedText(`$${node.variable}`, node, t);
    case 'cast':
      return t('text.castTo', { variable: `$${node.variable}`, entity: shortName(node.entity) });
    case 'retrieve':
      return retrieveText(node, t);
    case 'createList':
      return t('text.listOf', { entity: shortName(node.entity) });
    case 'changeList':
      return t(`changeList.${node.operation}`, { list: `$${node.variable}`, value: node.value ?? '' });
    case 'listOperation':
      return listOperationText(node, t);
    case 'aggregateList':
      return t(`aggregate.${node.function}`, {
        list: `$${node.variable}`,
        expression: itemText(node.expression ?? ''),
      });
    case 'createVariable':
      return node.value === undefined ? node.type.kind : node.value;
    case 'changeVariable':
      return `$${node.variable} = ${node.value}`;
    case 'callMicroflow':
      return callText(node.microflow, node.arguments);
    case 'callNanoflow':
      return callText(node.nanoflow, node.arguments);
    case 'callAction':
      return callText(node.action, node.arguments);
    case 'callRest':
      return `${node.method} ${node.url}`;
    case 'showPage':
      return callText(node.page, node.arguments);
    case 'showMessage':
      return inLanguage(node.text, language);
    case 'validationFeedback':
      return `$${node.variable}/${node.member}: ${inLanguage(node.text, language)}`;
    case 'openUrl':
      return node.url;
    case 'logMessage':
      return `${node.level}: ${node.message}`;
    case 'synchronize':
      return node.scope === 'selected'
        ? node.variables.map((name) => `$${name}`).join(', ')
        : t(`synchronize.${node.scope}`);
    case 'clearFromDevice':
      return node.entity === undefined ? `$${node.variable ?? ''}` : shortName(node.entity);
    case 'opaque':
      return node.uses.map(({ element }) => shortName(element)).join(', ');
  }
}

/** Expressions with the last words of qualified names only: `Status = Open`. Quoted text stays as it is. */
export function withoutModules(text: string): string {
  return text.replace(/'[^']*'|\b[A-Za-z_]\w*(?:\.[A-Za-z_]\w*){1,2}\b/g, (found) =>
    found.startsWith("'") ? found : found.slice(found.lastIndexOf('.') + 1),
  );
}

/** A name without its module. */
export function shortName(qualifiedName: string): string {
  return qualifiedName.slice(qualifiedName.indexOf('.') + 1);
}

interface Change {
  readonly member: string;
  readonly operation: 'set' | 'add' | 'remove';
  readonly value: string;
}

const OPERATORS = { set: '=', add: '+=', remove: '−=' } as const;

function changedText(
  what: string,
  { changes, commit }: { readonly changes: readonly Change[]; readonly commit: boolean },
  t: Words,
): string {
  const said = [what, changesText(changes)].filter(Boolean).join(': ');
  return commit ? `${said}, ${t('text.andCommit')}` : said;
}

function changesText(changes: readonly Change[]): string {
  return changes
    .map(({ member, operation, value }) => `${shortName(member)} ${OPERATORS[operation]} ${value}`)
    .join(', ');
}

function retrieveText({ source }: FlowNodeOf<'retrieve'>, t: Words): string {
  if (source.kind === 'association') {
    return t('text.byAssociation', { variable: `$${source.variable}`, association: shortName(source.association) });
  }
  const entity = shortName(source.entity);
  const parts = [
    source.range.kind === 'first' ? t('text.first', { entity }) : entity,
    source.constraint && t('text.where', { constraint: source.constraint }),
    source.sort.length > 0 && t('text.sortedBy', { members: sortText(source.sort) }),
  ];
  return parts.filter(Boolean).join(' ');
}

function sortText(sort: readonly { readonly path: string; readonly descending: boolean }[]): string {
  return sort.map(({ path, descending }) => (descending ? `${path} ↓` : path)).join(', ');
}

function listOperationText({ variable, operation }: FlowNodeOf<'listOperation'>, t: Words): string {
  const list = `$${variable}`;
  switch (operation.kind) {
    case 'sort':
      return t('list.sort', { list, members: sortText(operation.sort) });
    case 'filter':
    case 'find':
      return t(`list.${operation.kind}`, { list, condition: itemText(operation.condition) });
    case 'range':
      return t('list.range', { list, offset: operation.offset ?? '0', limit: operation.limit ?? '…' });
    case 'head':
    case 'tail':
      return t(`list.${operation.kind}`, { list });
    default:
      return t(`list.${operation.kind}`, { list, other: `$${operation.other}` });
  }
}

/** Conditions on items read better without the word for the item. */
function itemText(expression: string): string {
  return expression.replaceAll('$currentObject/', '');
}

function callText(name: string, args: { readonly [parameter: string]: string }): string {
  const given = Object.entries(args).map(([parameter, value]) =>
    value === `$${parameter}` ? value : `${parameter} = ${value}`,
  );
  return given.length === 0 ? shortName(name) : `${shortName(name)} (${given.join(', ')})`;
}

function inLanguage(text: { readonly [language: string]: string }, language: string): string {
  return text[language] ?? Object.values(text)[0] ?? '';
}
