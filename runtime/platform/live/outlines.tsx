import type { LiveBox } from '@skerry/studio/bridge/live-messages';
import { useEffect, useState } from 'react';
import type { Drawn } from './drawn.ts';

export interface OutlinesProps {
  readonly drawn: Drawn;
  /** Chosen in the editor. */
  readonly widgets: readonly string[];
  /** Under the pointer while choosing; outlined more lightly. */
  readonly hovered: string | undefined;
}

/** Frames around widgets, kept where the widgets are: they move with scrolling, pictures that come late, and edits. */
export function Outlines({ drawn, widgets, hovered }: OutlinesProps) {
  const [boxes, setBoxes] = useState<readonly (LiveBox & { readonly tone: string })[]>([]);
  useEffect(() => {
    if (widgets.length === 0 && hovered === undefined) {
      setBoxes([]);
      return;
    }
    let frame = 0;
    let before = '';
    const measure = () => {
      const chosen = widgets.flatMap((id) => drawn.boxes(id).map((box) => ({ ...box, tone: 'chosen' })));
      const under = hovered === undefined ? [] : drawn.boxes(hovered).map((box) => ({ ...box, tone: 'hovered' }));
      const after = [...chosen, ...under];
      const text = JSON.stringify(after);
      if (text !== before) setBoxes(after);
      before = text;
      frame = requestAnimationFrame(measure);
    };
    measure();
    return () => cancelAnimationFrame(frame);
  }, [drawn, widgets, hovered]);
  return (
    <div className="outlines" aria-hidden>
      {boxes.map(({ x, y, width, height, tone }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: boxes have no identity
        <i key={at} className={`outline outline-${tone}`} style={{ left: x, top: y, width, height }} />
      ))}
    </div>
  );
}
