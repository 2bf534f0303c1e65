import { useStore } from 'zustand';
import { Badge } from '../design/badge.tsx';
import { scopeStore } from '../model/scope-store.ts';

/** Behind the panel's title: how many entities have entered, left and changed their mode, all steps taken together. */
export function ScopeBadge() {
  const { steps, profile } = useStore(scopeStore);
  const own = steps.filter((step) => step.profile === profile);
  if (own.length === 0) return null;
  const balance = new Map<string, number>();
  for (const { diff } of own) {
    for (const entity of diff.entered) balance.set(entity, (balance.get(entity) ?? 0) + 1);
    for (const entity of diff.left) balance.set(entity, (balance.get(entity) ?? 0) - 1);
  }
  const sums = [...balance.values()];
  const entered = sums.filter((sum) => sum > 0).length;
  const left = sums.filter((sum) => sum < 0).length;
  const changed = new Set(own.flatMap(({ diff }) => diff.changedMode.map(({ entity }) => entity))).size;
  return (
    <Badge tone="accent">
      +{entered} −{left}
      {changed > 0 && ` ~${changed}`}
    </Badge>
  );
}
