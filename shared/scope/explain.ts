import type { Place } from './facts.ts';
import type { ReasonChain } from './plan.ts';
import type { EntityUse, Reached, Site } from './reach.ts';

/** SC12: the chain from the profile to a document. An entity on the way stands for what it does by itself. */
export function chainTo(reached: Reached): ReasonChain {
  if (!reached.via) return [reached.key];
  return [...chainTo(reached.via.from), ...reached.via.steps, reached.key];
}

/** The chain to a fact of a document. */
export function chainToSite(site: Site<{ readonly place: Place; readonly verb?: string }>): ReasonChain {
  const { place, verb } = site.fact;
  return [...chainTo(site.at), ...place.steps, ...(verb ? [verb] : [])];
}

/** The entity's shortest chain, or with `all` one for each of its uses, each once. */
export function reasonsFor(use: EntityUse, all: boolean): readonly ReasonChain[] {
  const sites = all ? use.sites : use.sites.slice(0, 1);
  const seen = new Map<string, ReasonChain>();
  for (const site of sites) {
    const chain = chainToSite(site);
    seen.set(chain.join(' › '), chain);
  }
  return [...seen.values()];
}
