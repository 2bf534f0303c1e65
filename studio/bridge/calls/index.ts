import type { z } from '../declare.ts';
import { ANALYSIS_CALLS } from './analysis-calls.ts';
import { LANGUAGE_CALLS } from './language-calls.ts';
import { LIVE_PAGE_CALLS } from './live-page-calls.ts';
import { PROJECT_CALLS } from './project-calls.ts';
import { RELEASE_CALLS } from './release-calls.ts';

/** Every question a window may ask the host, by name. */
export const CALLS = {
  ...PROJECT_CALLS,
  ...ANALYSIS_CALLS,
  ...LANGUAGE_CALLS,
  ...RELEASE_CALLS,
  ...LIVE_PAGE_CALLS,
} as const;
export type CallName = keyof typeof CALLS;
export type CallRequest<C extends CallName> = z.infer<(typeof CALLS)[C]['request']>;
export type CallReply<C extends CallName> = z.infer<(typeof CALLS)[C]['reply']>;

/** The host's side: one function per call. A thrown Fault becomes the call's error with its code. */
export type Handlers = { readonly [C in CallName]: (request: CallRequest<C>) => Promise<CallReply<C>> | CallReply<C> };

/** The window's side. */
export type Ask = <C extends CallName>(call: C, request: CallRequest<C>) => Promise<CallReply<C>>;
