import type { FromLive } from '@skerry/studio/bridge/live-messages';
import { useEffect } from 'react';
import type { Drawn } from './drawn.ts';

/** What a click is made of; none of it reaches the page while widgets are chosen. */
const PARTS = ['pointerdown', 'pointerup', 'mousedown', 'mouseup', 'click', 'dblclick', 'submit'] as const;

/** While on, a click chooses a widget instead of using it. */
export function usePicking(isOn: boolean, drawn: Drawn, tell: (message: FromLive) => void): void {
  useEffect(() => {
    if (!isOn) return;
    const root = document.documentElement;
    let under: Node | undefined;
    const around = (target: EventTarget | null) => (target instanceof Node ? drawn.around(target) : []);
    const swallow = (event: Event) => {
      event.preventDefault();
      event.stopPropagation();
      if (event.type === 'click') tell({ kind: 'picked', widgets: around(event.target) });
    };
    const move = ({ target }: Event) => {
      if (!(target instanceof Node) || target === under) return;
      under = target;
      tell({ kind: 'hovered', widgets: around(target) });
    };
    const leave = () => {
      under = undefined;
      tell({ kind: 'hovered', widgets: [] });
    };
    root.classList.add('picking');
    for (const part of PARTS) document.addEventListener(part, swallow, true);
    document.addEventListener('pointermove', move, true);
    root.addEventListener('pointerleave', leave);
    return () => {
      root.classList.remove('picking');
      for (const part of PARTS) document.removeEventListener(part, swallow, true);
      document.removeEventListener('pointermove', move, true);
      root.removeEventListener('pointerleave', leave);
      leave();
    };
  }, [isOn, drawn, tell]);
}
