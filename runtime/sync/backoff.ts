const FIRST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 5 * 60_000;

/**
 * How long to wait after the `attempt`th failure in a row (from 1): doubling, and spread over the upper half, so that
 * devices that lost the same service do not come back in one moment.
 *
 * @param share at least 0, below 1
 */
export function backoffDelayMs(attempt: number, share: number): number {
  const full = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(attempt - 1, 30));
  return Math.round(full / 2 + (full / 2) * share);
}
