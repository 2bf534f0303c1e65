/** A finger that pulls a page down at its top, as numbers; what it is drawn with stands elsewhere. */
export type Pull =
  | { readonly kind: 'idle' }
  /** Down at the top; which way it goes is not clear yet. */
  | { readonly kind: 'touching'; readonly x: number; readonly y: number }
  | { readonly kind: 'pulling'; readonly y: number; readonly shownPx: number };

export type PullEvent =
  | { readonly kind: 'down'; readonly x: number; readonly y: number }
  | { readonly kind: 'move'; readonly x: number; readonly y: number }
  | { readonly kind: 'up' | 'cancel' };

/** Letting go from here on refreshes. */
export const READY_PX = 64;
/** Where the pull ends, however far the finger goes. */
export const FURTHEST_PX = 96;
/** Nearer than this a finger only trembles. */
const DECIDED_PX = 10;
/** What is pulled follows half as fast as the finger: it feels held, and a short scroll does not refresh. */
const FOLLOW = 0.5;

export const IDLE: Pull = { kind: 'idle' };

export function nextPull(pull: Pull, event: PullEvent): Pull {
  switch (event.kind) {
    case 'down':
      return { kind: 'touching', x: event.x, y: event.y };
    case 'move':
      if (pull.kind === 'idle') return pull;
      if (pull.kind === 'pulling') return { ...pull, shownPx: shown(event.y - pull.y) };
      return decide(pull, event);
    case 'up':
    case 'cancel':
      return IDLE;
  }
}

/** Whether letting go now refreshes. */
export function isReady(pull: Pull): boolean {
  return pull.kind === 'pulling' && pull.shownPx >= READY_PX;
}

function decide(
  from: { readonly x: number; readonly y: number },
  to: { readonly x: number; readonly y: number },
): Pull {
  const down = to.y - from.y;
  const aside = Math.abs(to.x - from.x);
  if (Math.max(Math.abs(down), aside) < DECIDED_PX) return { kind: 'touching', x: from.x, y: from.y };
  // Up or aside is scrolling, also when it turns round later.
  return down > aside ? { kind: 'pulling', y: from.y, shownPx: shown(down) } : IDLE;
}

function shown(downPx: number): number {
  return Math.min(FURTHEST_PX, Math.max(0, downPx * FOLLOW));
}
