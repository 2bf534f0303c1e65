import { call, documentPath, json, z } from '../declare.ts';

/** What the page editor's live pane shows. */
export const LIVE_PAGE_CALLS = {
  /**
   * A bundle that holds one page (or the page a snippet or layout is shown on) with sample objects, for the runtime's live
   * shell. `role` decides what is visible; absent: the first. `reason` says why there is nothing to show.
   */
  'page/live': call(
    z.object({ document: documentPath, role: z.optional(z.string()) }),
    z.object({ revision: z.number(), content: z.nullable(json()), reason: z.optional(z.string()) }),
  ),
} as const;
