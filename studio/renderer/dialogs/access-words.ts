import type { AccessRule } from '@skerry/shared/metamodel/entity';
import type { Words } from '../words/index.ts';

/** What a rule lets its roles do, as sentences. */
export function ruleWords(t: Words, rule: AccessRule, members: readonly string[]): readonly string[] {
  const right = (name: string) => rule.members[name] ?? rule.defaultMemberRights;
  const named = (wanted: string) => members.filter((name) => right(name) === wanted);
  const list = (names: readonly string[]) =>
    names.length === members.length && members.length > 0 ? t('access.everything') : names.join(', ');
  const sentences: string[] = [];
  const written = named('readWrite');
  const read = named('read');
  if (rule.create && rule.delete) sentences.push(t('access.createAndDelete'));
  else if (rule.create) sentences.push(t('access.create'));
  else if (rule.delete) sentences.push(t('access.delete'));
  if (written.length > 0) sentences.push(t('access.write', { members: list(written) }));
  if (read.length > 0) sentences.push(t('access.read', { members: list(read) }));
  if (sentences.length === 0) return [t('access.nothing')];
  sentences.push(t(rule.constraint.trim() === '' ? 'access.allObjects' : 'access.someObjects'));
  if (rule.constraintAfter?.trim()) sentences.push(t('access.after'));
  return sentences;
}
