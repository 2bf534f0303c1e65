import type { BundleContent } from '@skerry/shared/bundle/content';
import { useCallback, useEffect, useReducer, useRef } from 'react';
import type { PlainValue } from '../../engine/device-face.ts';
import { nextStack, type PageEntry, type PageStack, type StackEvent } from '../data/page-stack.ts';

let keys = 0;
const entryOf = (page: string, args: { readonly [parameter: string]: PlainValue } = {}): PageEntry => ({
  key: ++keys,
  page,
  args,
});

/**
 * The stack of open pages, kept in step with the browser's history: going back closes a page, and closing one goes
 * back. Only the depth stands in history, so that a reload starts at home with everything stored still there.
 */
export function usePages(content: BundleContent, roles: readonly string[]) {
  const [stack, dispatch] = useReducer(nextStack, null, (): PageStack => [entryOf(homeOf(content, roles))]);
  const depth = useRef(1);
  depth.current = stack.length;

  useEffect(() => {
    history.replaceState({ skerryDepth: 1 }, '');
    const onPop = (event: PopStateEvent) => {
      const wanted = (event.state as { skerryDepth?: number } | null)?.skerryDepth ?? 1;
      dispatch({ kind: 'cut', depth: wanted });
    };
    window.addEventListener('popstate', onPop);
    return () => window.removeEventListener('popstate', onPop);
  }, []);

  const send = useCallback((event: StackEvent) => dispatch(event), []);
  const push = useCallback(
    (page: string, args: { readonly [parameter: string]: PlainValue }) => {
      history.pushState({ skerryDepth: depth.current + 1 }, '');
      depth.current += 1;
      send({ kind: 'push', entry: entryOf(page, args) });
    },
    [send],
  );
  const pop = useCallback(() => {
    if (depth.current > 1) history.back();
  }, []);
  const home = useCallback(
    (page: string) => {
      if (depth.current > 1) history.go(1 - depth.current);
      depth.current = 1;
      send({ kind: 'home', entry: entryOf(page) });
    },
    [send],
  );
  return { stack, push, pop, home, homePage: homeOf(content, roles) };
}

/** The home of the first role that has one, else the profile's. */
function homeOf(content: BundleContent, roles: readonly string[]): string {
  const { homePage, homePageByRole } = content.navigation;
  return homePageByRole.find(({ role, page }) => page && roles.includes(role))?.page ?? homePage.page ?? '';
}
