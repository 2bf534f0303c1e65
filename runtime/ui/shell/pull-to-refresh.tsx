import { RefreshCw } from 'lucide-react';
import { type RefObject, useEffect, useState } from 'react';
import { useApp } from '../app-context.ts';
import { IDLE, isReady, nextPull, type Pull, READY_PX } from '../data/pull.ts';

/** Places whose own touches are not for the page: what is drawn on, what lies over it, lists that say so. */
const NOT_HERE = 'dialog, canvas, [data-pull="off"]';

/** Pulling the page down at its top synchronises. Without a finger the sync button of every page does the same. */
export function PullToRefresh({ body }: { readonly body: RefObject<HTMLElement | null> }) {
  const { device, say, shell } = useApp();
  const [pull, setPull] = useState<Pull>(IDLE);
  const [refreshing, setRefreshing] = useState(false);

  useEffect(() => {
    const element = body.current;
    if (!element) return;
    let now: Pull = IDLE;
    const show = (next: Pull) => {
      if (next === now) return;
      now = next;
      setPull(next);
    };
    const refresh = async () => {
      setRefreshing(true);
      try {
        const { failure } = await device.synchronize();
        if (failure) shell.toast('warning', failure.message);
      } finally {
        setRefreshing(false);
      }
    };
    const start = (event: TouchEvent) => {
      const [finger] = event.touches;
      const isHere = finger && event.touches.length === 1 && atTop(event.target, element);
      show(isHere ? nextPull(now, { kind: 'down', x: finger.clientX, y: finger.clientY }) : IDLE);
    };
    const move = (event: TouchEvent) => {
      const [finger] = event.touches;
      if (!finger || now.kind === 'idle') return;
      show(nextPull(now, { kind: 'move', x: finger.clientX, y: finger.clientY }));
      // Or the browser scrolls, or refreshes the whole page.
      if (now.kind === 'pulling' && event.cancelable) event.preventDefault();
    };
    const end = (event: TouchEvent) => {
      const isAsked = event.type === 'touchend' && isReady(now);
      show(IDLE);
      if (isAsked) void refresh();
    };
    element.addEventListener('touchstart', start, { passive: true });
    // React listens to moves passively, and a passive listener cannot keep the browser from scrolling.
    element.addEventListener('touchmove', move, { passive: false });
    element.addEventListener('touchend', end);
    element.addEventListener('touchcancel', end);
    return () => {
      element.removeEventListener('touchstart', start);
      element.removeEventListener('touchmove', move);
      element.removeEventListener('touchend', end);
      element.removeEventListener('touchcancel', end);
    };
  }, [body, device, shell]);

  const shownPx = refreshing ? READY_PX : pull.kind === 'pulling' ? pull.shownPx : 0;
  const text = refreshing ? say('syncing') : say(isReady(pull) ? 'release' : 'pull');
  return (
    <div
      className={pull.kind === 'pulling' ? 'pull pull-held' : 'pull'}
      style={{ transform: `translateY(${shownPx}px)`, opacity: Math.min(1, shownPx / READY_PX) }}
      aria-hidden={shownPx === 0}
    >
      <span className={isReady(pull) || refreshing ? 'pull-sign pull-ready' : 'pull-sign'} role="status">
        <RefreshCw
          size={18}
          aria-hidden
          className={refreshing ? 'spin' : ''}
          style={refreshing ? undefined : { rotate: `${shownPx * 3}deg` }}
        />
        {shownPx > 0 && text}
      </span>
    </div>
  );
}

/** Whether nothing between the touched element and the page is scrolled, so that pulling cannot mean scrolling. */
function atTop(target: EventTarget | null, body: HTMLElement): boolean {
  if (!(target instanceof Element) || target.closest(NOT_HERE)) return false;
  for (let at: Element | null = target; at; at = at.parentElement) {
    if (at.scrollTop > 0) return false;
    if (at === body) return true;
  }
  return false;
}
