import type { ZoneTransitions } from '@skerry/shared/expression/session';
import { zoneTransitions } from '@skerry/shared/expression/zone-from-intl';
import { SYSTEM_MEMBERS } from '@skerry/shared/metamodel/system-module';
import type { DemoObject } from '@skerry/shared/relational/demo-data';
import type { SessionSettings } from '@skerry/shared/scope/demo-objects';

const zones = new Map<string, ZoneTransitions | undefined>();

/** Zones from Intl, each looked up once. */
export function zoneNamed(name: string): ZoneTransitions | undefined {
  if (!zones.has(name)) zones.set(name, zoneTransitions(name) ?? undefined);
  return zones.get(name);
}

/**
 * What answers over demo data take for now: the last moment that the data itself knows, so that the same data gives
 * the same answer tomorrow.
 */
export function demoSettings(objects: readonly DemoObject[], nowMs?: number): SessionSettings {
  return { now: nowMs ?? lastMoment(objects), zone: zoneNamed };
}

function lastMoment(objects: readonly DemoObject[]): number {
  let last = 0;
  for (const { cells } of objects) {
    for (const member of [SYSTEM_MEMBERS.createdDate, SYSTEM_MEMBERS.changedDate]) {
      const cell = cells[member];
      if (typeof cell === 'number' && cell > last) last = cell;
    }
  }
  return last;
}
