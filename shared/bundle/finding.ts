import type { ElementId } from '../base/ids.ts';
import type { Evolution } from '../metamodel/app.ts';

/** What becomes of data and work when a finding's change is published. Sentences for people. */
export interface Consequences {
  readonly server: string;
  readonly devices: string;
  readonly unsynchronised: string;
}

/**
 * `free`: nothing happens to anybody's data. `notice`: rows leave or come, or work of older bundles may be refused; to
 * be known before publishing. `lossy`: values go; publishing needs a decision.
 */
export type Weight = 'free' | 'notice' | 'lossy';

interface Rule extends Consequences {
  readonly weight: Weight;
  /** Kinds of decision that answer a lossy one. */
  readonly decisions?: readonly Evolution['decisions'][number]['kind'][];
}

const KEPT: Consequences = {
  server: 'Rows stay as they are.',
  devices: 'Rows stay; they are known by id.',
  unsynchronised: 'Arrives as it is; it is known by id.',
};
const dormant = (what: string): Consequences => ({
  server: `${what} go dormant: kept, not shown, back by id if the element returns.`,
  devices: `${what} go when the device updates.`,
  unsynchronised: `Changes of ${what.toLowerCase()} are dropped on arrival; the rest of a transaction is applied.`,
});
const RULES = {
  'element-renamed': { weight: 'free', ...KEPT },
  'element-moved': { weight: 'free', ...KEPT },
  'entity-added': {
    weight: 'free',
    server: 'An empty table is added.',
    devices: 'An empty table is added.',
    unsynchronised: 'Nothing.',
  },
  'attribute-added': {
    weight: 'free',
    server: 'Rows get the default.',
    devices: 'Rows come again with the default.',
    unsynchronised: 'New objects get the default.',
  },
  'required-attribute-added': {
    weight: 'lossy',
    decisions: ['convert', 'acceptLoss'],
    server: 'Rows have no value for it.',
    devices: 'Rows have no value for it.',
    unsynchronised: 'New objects are rejected: the value is required.',
  },
  'association-added': {
    weight: 'free',
    server: 'Links begin empty.',
    devices: 'Links begin empty.',
    unsynchronised: 'Nothing.',
  },
  'value-added': { weight: 'free', ...KEPT },
  'entity-removed': { weight: 'lossy', decisions: ['acceptLoss'], ...dormant('Rows') },
  'attribute-removed': { weight: 'lossy', decisions: ['acceptLoss'], ...dormant('Values') },
  'association-removed': { weight: 'lossy', decisions: ['acceptLoss'], ...dormant('Links') },
  'enumeration-removed': { weight: 'free', ...KEPT },
  'value-removed': {
    weight: 'lossy',
    decisions: ['mapValues', 'acceptLoss'],
    server: 'Rows with the value become empty, or what the decision maps it to.',
    devices: 'Rows come again so.',
    unsynchronised: 'The value is mapped or emptied on arrival.',
  },
  'attribute-widened': {
    weight: 'free',
    server: 'Values are rewritten without loss.',
    devices: 'Values are rewritten without loss.',
    unsynchronised: 'Values are rewritten on arrival.',
  },
  'attribute-retyped': {
    weight: 'lossy',
    decisions: ['convert', 'acceptLoss'],
    server: 'Values become what the decision computes, else empty.',
    devices: 'Rows come again so.',
    unsynchronised: 'Values are converted on arrival.',
  },
  'attribute-narrowed': {
    weight: 'lossy',
    decisions: ['convert', 'acceptLoss'],
    server: 'Longer values are cut, or what the decision computes.',
    devices: 'Rows come again so.',
    unsynchronised: 'Longer values are cut on arrival.',
  },
  'attribute-left-ancestor': {
    weight: 'lossy',
    decisions: ['acceptLoss'],
    ...dormant('Values of other specialisations'),
  },
  'generalization-changed': {
    weight: 'lossy',
    decisions: ['acceptLoss'],
    ...dormant('Values of members that are no longer inherited'),
  },
  'generalization-added': { weight: 'free', ...KEPT },
  'persistable-removed': { weight: 'lossy', decisions: ['acceptLoss'], ...dormant('Rows') },
  'association-narrowed': {
    weight: 'lossy',
    decisions: ['acceptLoss'],
    server: 'Links that no longer fit go.',
    devices: 'Links that no longer fit go.',
    unsynchronised: 'Links that no longer fit are dropped on arrival.',
  },
  'association-widened': { weight: 'free', ...KEPT },
  'rule-added': {
    weight: 'notice',
    server: 'Rows stay; those that break the rule fail when they are saved next.',
    devices: 'Rows stay; those that break the rule fail when they are saved next.',
    unsynchronised: 'Transactions that break the rule are rejected to the inbox.',
  },
  'access-changed': {
    weight: 'notice',
    server: 'Rows stay.',
    devices: 'Rows and members may come or leave at the next synchronisation.',
    unsynchronised: 'Changes the rules no longer allow are rejected to the inbox.',
  },
  'scope-changed': {
    weight: 'notice',
    server: 'Rows stay.',
    devices: 'Rows may come or leave at the next synchronisation.',
    unsynchronised: 'Is sent before rows leave.',
  },
  'signature-changed': {
    weight: 'notice',
    server: 'Nothing.',
    devices: 'Older bundles call it as it was: parameters they do not know are empty, others are dropped.',
    unsynchronised: 'Nothing.',
  },
  'microflow-removed': {
    weight: 'notice',
    server: 'Nothing.',
    devices: 'Calls from older bundles fail with a message to update.',
    unsynchronised: 'Nothing.',
  },
} as const satisfies { readonly [problem: string]: Rule };

export type Change = keyof typeof RULES;

/** One difference between two versions of a model that concerns data or work in the field. */
export interface Finding {
  /** `compare/…` */
  readonly code: `compare/${Change}`;
  readonly change: Change;
  readonly weight: Weight;
  readonly element: ElementId;
  /** Qualified, in the new model, or in the old one if it is gone. */
  readonly name: string;
  /** What it was and what it is, where that can be said shortly. */
  readonly from?: string;
  readonly to?: string;
  readonly consequences: Consequences;
  /** The answer in evolution/<version>.json, if it is of a kind that answers this. */
  readonly decision: Evolution['decisions'][number] | null;
}

export interface Difference {
  readonly change: Change;
  readonly element: ElementId;
  readonly name: string;
  readonly from?: string;
  readonly to?: string;
}

export function findingOf(difference: Difference, decisions: Evolution['decisions']): Finding {
  const { weight, server, devices, unsynchronised, ...rest }: Rule = RULES[difference.change];
  const decision = decisions.find(
    ({ element, kind }) => element === difference.element && rest.decisions?.includes(kind),
  );
  return {
    code: `compare/${difference.change}`,
    weight,
    ...difference,
    consequences: { server, devices, unsynchronised },
    decision: decision ?? null,
  };
}

/** Findings for which a publish is refused until somebody decides. */
export function undecided(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(({ weight, decision }) => weight === 'lossy' && !decision);
}
