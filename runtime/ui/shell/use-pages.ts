import type { BundleContent } from '@skerry/shared/bundle/content';
import { useCallback, useEffect, useReducer, useRef } from 'react';
import type { PlainValue } from '../../engine/device-face.ts';
import { nextStack, type PageEntry, type PageStack } from '../data/page-stack.ts';
import { type Place, pagesAt, placesOf } from './places.ts';
import type { LeaveGuard } from './use-leave-guard.ts';

let keys = 0;
const entryOf = (page: string, args: { readonly [parameter: string]: PlainValue } = {}): PageEntry => ({
  key: ++keys,
  page,
  args,
});

/**
 * The stack of open pages, kept in step with the browser's history: going back closes a page, and closing one goes
 * back. Only the depth stands in history, so that a reload starts at home with everything stored still there.
 *
 * @param places where the user was; another version of the app begins there
 */
export function usePages(
  content: BundleContent,
  roles: readonly string[],
  guard: LeaveGuard,
  places: { current: readonly Place[] },
) {
  const [stack, dispatch] = useReducer(nextStack, null, (): PageStack => {
    const kept = pagesAt(places.current, content);
    return kept.length > 0 ? kept.map(({ page, args }) => entryOf(page, args)) : [entryOf(homeOf(content, roles))];
  });
  const depth = useRef(stack.length);
  depth.current = stack.length;
  const open = useRef(stack);
  open.current = stack;
  /** Steps in history that were taken here, and are not the user's wish to leave. */
  const own = useRef(0);
  const isAsking = useRef(false);

  const travel = useCallback((steps: number) => {
    own.current += 1;
    history.go(steps);
  }, []);

  /** Goes on when the pages above `kept` may be left. One question at a time. */
  const leave = useCallback(
    (kept: number, go: () => void) => {
      if (isAsking.current) return;
      isAsking.current = true;
      void guard
        .mayLeave(open.current.slice(kept).map(({ key }) => key))
        .then((agreed) => {
          if (agreed) go();
        })
        .finally(() => {
          isAsking.current = false;
        });
    },
    [guard],
  );

  useEffect(() => {
    // After a change of version history may be deeper than what could be opened again; going back skips what is gone.
    history.replaceState({ skerryDepth: depth.current }, '');
  }, []);

  useEffect(() => {
    places.current = placesOf(stack, content);
  }, [places, stack, content]);

  useEffect(() => {
    const onPop = (event: PopStateEvent) => {
      const wanted = depthOf(event.state);
      if (own.current > 0) {
        own.current -= 1;
        dispatch({ kind: 'cut', depth: wanted });
        return;
      }
      const leaving = open.current.slice(wanted).map(({ key }) => key);
      if (guard.mayBeEdited(leaving)) {
        // The browser has gone back already: the page stands in history again until its user has answered.
        const steps = depth.current - wanted;
        for (let at = wanted + 1; at <= depth.current; at++) history.pushState({ skerryDepth: at }, '');
        leave(wanted, () => travel(-steps));
        return;
      }
      // Nothing to ask; what was made for these pages and never touched goes with them.
      void guard.mayLeave(leaving);
      dispatch({ kind: 'cut', depth: wanted });
    };
    window.addEventListener('popstate', onPop);
    return () => window.removeEventListener('popstate', onPop);
  }, [guard, leave, travel]);

  const push = useCallback((page: string, args: { readonly [parameter: string]: PlainValue }) => {
    history.pushState({ skerryDepth: depth.current + 1 }, '');
    depth.current += 1;
    dispatch({ kind: 'push', entry: entryOf(page, args) });
  }, []);
  const pop = useCallback(() => {
    if (depth.current > 1) travel(-1);
  }, [travel]);
  const leaveTop = useCallback(() => {
    if (depth.current > 1) leave(depth.current - 1, () => travel(-1));
  }, [leave, travel]);
  const home = useCallback(
    (page: string) =>
      leave(0, () => {
        if (depth.current > 1) travel(1 - depth.current);
        depth.current = 1;
        dispatch({ kind: 'home', entry: entryOf(page) });
      }),
    [leave, travel],
  );
  return { stack, push, pop, leaveTop, home, homePage: homeOf(content, roles) };
}

function depthOf(state: unknown): number {
  return typeof state === 'object' && state !== null && 'skerryDepth' in state && typeof state.skerryDepth === 'number'
    ? state.skerryDepth
    : 1;
}

/** The home of the first role that has one, else the profile's. */
function homeOf(content: BundleContent, roles: readonly string[]): string {
  const { homePage, homePageByRole } = content.navigation;
  return homePageByRole.find(({ role, page }) => page && roles.includes(role))?.page ?? homePage.page ?? '';
}
