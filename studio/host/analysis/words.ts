import type { ConflictPolicy } from '@skerry/shared/metamodel/conflict-policy';
import type { Candidate, PlanGrant, ReasonChain } from '@skerry/shared/scope/plan';

/** A chain of reasons as people read it: `menu Inspections › Inspections › list › retrieve`. The profile itself is left out. */
export function readableChain(chain: ReasonChain): string[] {
  const [, ...steps] = chain;
  return steps.map(readableStep);
}

/** `page:Field.Home` → `page Home`; widgets go by their names alone. */
function readableStep(step: string): string {
  const at = step.indexOf(':');
  if (at < 0) return inWords(step);
  const kind = step.slice(0, at);
  const name = step.slice(at + 1);
  const last = name.slice(name.lastIndexOf('.') + 1);
  if (kind === 'widget') return inWords(last.replace(/\d+$/, ''));
  return `${inWords(kind)} ${kind === 'menu' ? name : last}`;
}

function inWords(name: string): string {
  return name.replace(/([a-z])([A-Z])/g, (_, before: string, after: string) => `${before} ${after.toLowerCase()}`);
}

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
