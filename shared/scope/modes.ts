import type { SyncMode } from '../metamodel/navigation-profile.ts';

/** What a mode means for an entity's rows on a device, occasion by occasion. The one table: engine, service, docs and tooltips read it. */
export interface ModeMeaning {
  readonly mode: SyncMode;
  readonly caption: string;
  readonly glyph: string;
  /** What a full or start-up synchronisation brings. */
  readonly download: 'readable' | 'readableAndConstraint' | 'none';
  /** Rows already on the device when a full or start-up synchronisation ends. */
  readonly retain: 'mirror' | 'clearedOnceApplied' | 'held' | 'none';
  /** Whether work goes up by itself, only when its objects are named, or at once because there is no local row. */
  readonly upload: 'yes' | 'onRequest' | 'direct';
  readonly read: 'local' | 'server';
  /** "Synchronise unsynchronised objects": local work goes up, nothing else moves. */
  readonly unsynchronized: 'upload' | 'ignored';
  /** "Synchronise selected objects" and synchronizeToDevice: the named rows come whatever the mode downloads, while readable. */
  readonly selected: 'uploadAndFetch' | 'direct';
  /** Fetched or handed-over rows at the next full synchronisation: held ones stay while their user may read them. */
  readonly handedOver: 'clearedOnceApplied' | 'held' | 'none';
  /** clearFromDevice: rows with unsent work stay until it is applied. */
  readonly clear: 'untilNextDownload' | 'removes' | 'nothing';
  /** Whether it has a table on the device. */
  readonly stored: boolean;
}

const MIRROR = {
  retain: 'mirror',
  upload: 'yes',
  read: 'local',
  unsynchronized: 'upload',
  selected: 'uploadAndFetch',
  handedOver: 'held',
  clear: 'untilNextDownload',
  stored: true,
} as const;
const HELD = {
  retain: 'held',
  read: 'local',
  selected: 'uploadAndFetch',
  handedOver: 'held',
  clear: 'removes',
  stored: true,
  download: 'none',
} as const;

export const MODES: { readonly [M in SyncMode]: ModeMeaning } = {
  all: { ...MIRROR, mode: 'all', caption: 'All objects', glyph: '◉', download: 'readable' },
  constrained: { ...MIRROR, mode: 'constrained', caption: 'By XPath', glyph: '◐', download: 'readableAndConstraint' },
  uploadOnly: {
    ...HELD,
    mode: 'uploadOnly',
    caption: 'Nothing (clear data)',
    glyph: '◌',
    upload: 'yes',
    unsynchronized: 'upload',
    retain: 'clearedOnceApplied',
    handedOver: 'clearedOnceApplied',
  },
  kept: {
    ...HELD,
    mode: 'kept',
    caption: 'Nothing (preserve data)',
    glyph: '◍',
    upload: 'yes',
    unsynchronized: 'upload',
  },
  never: { ...HELD, mode: 'never', caption: 'Never', glyph: '⊘', upload: 'onRequest', unsynchronized: 'ignored' },
  online: {
    mode: 'online',
    caption: 'Online',
    glyph: '☁',
    download: 'none',
    retain: 'none',
    upload: 'direct',
    read: 'server',
    unsynchronized: 'ignored',
    selected: 'direct',
    handedOver: 'none',
    clear: 'nothing',
    stored: false,
  },
};

/** How much of an entity a mode brings by itself; a specialisation may not exceed its generalization (SC5). */
const WIDTH: { readonly [M in SyncMode]: number } = {
  all: 2,
  constrained: 1,
  uploadOnly: 0,
  kept: 0,
  never: 0,
  online: 0,
};

export function isWider(mode: SyncMode, than: SyncMode): boolean {
  return WIDTH[mode] > WIDTH[than];
}
