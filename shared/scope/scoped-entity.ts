import { compareCodePoints } from '../base/json.ts';
import type { DomainView } from '../metamodel/domain-view.ts';
import type { NavigationProfile, SyncMode, SyncSetting } from '../metamodel/navigation-profile.ts';
import type { EntityUse, Reach } from './reach.ts';

/** An entity that the profile's devices use, with the mode it turned out to have. */
export interface ScopedEntity {
  readonly entity: string;
  readonly mode: SyncMode;
  /** Whether the modeler chose the mode. */
  readonly configured: boolean;
  /** The profile's constraint; '' for none. */
  readonly constraint: string;
  readonly use: EntityUse;
}

export type Settings = NavigationProfile['synchronization']['entities'];

/** SC4, SC5, SC8b: persistable entities with a use and their modes, by name. */
export function scopedEntities(reach: Reach, view: DomainView, settings: Settings): ReadonlyMap<string, ScopedEntity> {
  const used = [...reach.entities.keys()].filter((name) => view.persistable(name)).sort(compareCodePoints);
  const scoped = new Map<string, ScopedEntity>();
  const decide = (name: string): ScopedEntity | undefined => {
    const known = scoped.get(name);
    const use = reach.entities.get(name);
    if (known || !use || !view.persistable(name)) return known;
    const setting = settings[name];
    const decision: ScopedEntity = setting
      ? { entity: name, mode: setting.mode, configured: true, constraint: constraintOf(setting), use }
      : { entity: name, ...automatic(name, use), configured: false, use };
    scoped.set(name, decision);
    return decision;
  };
  const automatic = (name: string, use: EntityUse): { mode: SyncMode; constraint: string } => {
    if (use.sites.some((site) => site.fact.how === 'source' && !site.inherited)) return { mode: 'all', constraint: '' };
    if (!use.sites.some((site) => site.inherited)) return { mode: 'uploadOnly', constraint: '' };
    for (const ancestor of view.lineage(name).slice(1)) {
      const above = decide(ancestor);
      if (above) return { mode: above.mode, constraint: above.constraint };
    }
    return { mode: 'all', constraint: '' };
  };
  for (const name of used) decide(name);
  return new Map([...scoped].sort(([a], [b]) => compareCodePoints(a, b)));
}

function constraintOf(setting: SyncSetting): string {
  return setting.mode === 'constrained' ? (setting.constraint ?? '') : '';
}

/** Whether the entity, or a specialisation of it, has a table on the device. */
export function holdsRows(entity: string, scoped: ReadonlyMap<string, ScopedEntity>, view: DomainView): boolean {
  return [entity, ...view.specialisations(entity)].some((name) => {
    const found = scoped.get(name);
    return found !== undefined && found.mode !== 'online';
  });
}
