import type { ConflictPolicy } from '@skerry/shared/metamodel/conflict-policy';
import type { Candidate, PlanGrant } from '@skerry/shared/scope/plan';

/** `read all, write Status and Score where […]` */
export function grantInWords(grant: PlanGrant, names: ReadonlyMap<string, string>): string {
  const listed = (ids: readonly string[]) => {
    if (ids.length > 1 && ids.length >= names.size) return 'all';
    const words = ids.map((id) => names.get(id) ?? id);
    return words.length > 4 ? `${words.slice(0, 3).join(', ')} and ${words.length - 3} more` : joined(words);
  };
  const rights = [
    ...(grant.read.length > 0 ? [`read ${listed(grant.read)}`] : []),
    ...(grant.write.length > 0 ? [`write ${listed(grant.write)}`] : []),
    ...(grant.create ? ['create'] : []),
    ...(grant.delete ? ['delete'] : []),
  ];
  const what = rights.join(', ') || 'nothing';
  const where = grant.constraint.trim() === '' ? '' : ` where ${grant.constraint}`;
  return `${what}${where}${grant.onDevice ? '' : ' (decided by the service)'}`;
}

function joined(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

const POLICY_WORDS: { readonly [K in Exclude<ConflictPolicy['kind'], 'microflow' | 'merge'>]: string } = {
  lastWins: 'last wins',
  firstWins: 'first wins',
  review: 'review',
};

/** @param own the entity's, absent when the app's default is in force */
export function policyInWords(own: ConflictPolicy | undefined, ofApp: ConflictPolicy): string {
  const policy = own ?? ofApp;
  const words =
    policy.kind === 'merge'
      ? `merge, else ${POLICY_WORDS[policy.overlap]}`
      : policy.kind === 'microflow'
        ? `microflow ${policy.microflow}`
        : POLICY_WORDS[policy.kind];
  return own ? words : `${words} (the app's default)`;
}

const COSTS = ['own', 'path', 'clock', 'reconcile'] as const;

/** The most expensive way in which changes of the entity are found. */
export function deltaClass(candidates: readonly Candidate[]): (typeof COSTS)[number] {
  return COSTS.findLast((kind) => candidates.some((candidate) => candidate.kind === kind)) ?? 'own';
}
