import type { LiveContent } from '@skerry/studio/bridge/live-content';
import type { FromLive, LiveBox, ToLive } from '@skerry/studio/bridge/live-messages';
import { useEffect, useMemo, useRef, useState } from 'react';
import { createDrawn } from './drawn.ts';
import { LiveApp, type Shown } from './live-app.tsx';
import { type LiveDevice, liveArguments } from './live-device.ts';
import { Outlines } from './outlines.tsx';
import { usePicking } from './use-picking.ts';

export interface LiveFrameProps {
  readonly start: (content: LiveContent) => Promise<LiveDevice>;
}

const NONE: readonly string[] = [];
const tell = (message: FromLive) => window.parent.postMessage(message, '*');

/** Does what the page editor around this frame says. */
export function LiveFrame({ start }: LiveFrameProps) {
  const drawn = useMemo(createDrawn, []);
  const [shown, setShown] = useState<Shown>();
  const [isPicking, setIsPicking] = useState(false);
  const [outlined, setOutlined] = useState(NONE);
  const [hovered, setHovered] = useState<string>();
  const show = useShow(start, setShown);
  usePicking(isPicking, drawn, tell);

  useEffect(() => {
    const hear = ({ source, data }: MessageEvent<ToLive>) => {
      if (source !== window.parent) return;
      switch (data.kind) {
        case 'show':
          return show(data.content);
        case 'look':
          document.documentElement.dataset.theme = data.theme;
          return;
        case 'pick':
          return setIsPicking(data.isOn);
        case 'outline': {
          setOutlined(data.widgets);
          setHovered(data.hovered);
          if (data.reveal) reveal(drawn.boxes(data.widgets[0] ?? '')[0]);
        }
      }
    };
    addEventListener('message', hear);
    tell({ kind: 'listening' });
    return () => removeEventListener('message', hear);
  }, [show, drawn]);

  return (
    <>
      {shown && <LiveApp shown={shown} drawn={drawn} tell={tell} />}
      <Outlines drawn={drawn} widgets={outlined} hovered={hovered} />
    </>
  );
}

/** Shows one content after the other; of those that come while one is on its way, the last. */
function useShow(
  start: (content: LiveContent) => Promise<LiveDevice>,
  onShown: (shown: Shown) => void,
): (content: LiveContent) => void {
  const state = useRef<{ running: Shown | undefined; waiting: LiveContent | undefined; isBusy: boolean }>({
    running: undefined,
    waiting: undefined,
    isBusy: false,
  });
  return useMemo(() => {
    const next = async (content: LiveContent): Promise<Shown> => {
      const askedMs = performance.now();
      const { running } = state.current;
      if (running && (await running.device.update(content))) {
        const isSame = JSON.stringify(content.arguments) === JSON.stringify(running.content.arguments);
        const isHere = isSame && content.page === running.content.page;
        return {
          ...running,
          content,
          askedMs,
          // Another object, or another parameter: the page opens anew.
          ...(isHere ? {} : { number: running.number + 1, arguments: await argumentsOf(running.device, content) }),
        };
      }
      const device = await start(content);
      const made = { device, content, askedMs, number: (running?.number ?? 0) + 1 };
      return { ...made, arguments: await argumentsOf(device, content) };
    };
    const work = async () => {
      const { current } = state;
      if (current.isBusy) return;
      current.isBusy = true;
      for (let content = current.waiting; content; content = current.waiting) {
        current.waiting = undefined;
        try {
          const before = current.running;
          current.running = await next(content);
          onShown(current.running);
          if (before && before.device !== current.running.device) await before.device.close();
        } catch (error) {
          tell({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
        }
      }
      current.isBusy = false;
    };
    return (content) => {
      state.current.waiting = content;
      void work();
    };
  }, [start, onShown]);
}

function argumentsOf({ device }: LiveDevice, content: LiveContent) {
  return liveArguments(device, content.arguments);
}

/** Brings it to the middle of the page that is open, unless it is in view. */
function reveal(box: LiveBox | undefined): void {
  const body = document.querySelector('.page:not([hidden]) .page-body');
  if (!box || !body) return;
  const seen = body.getBoundingClientRect();
  if (box.y >= seen.top && box.y + Math.min(box.height, seen.height) <= seen.bottom) return;
  const spare = Math.max(0, (seen.height - box.height) / 2);
  body.scrollBy({ top: box.y - seen.top - spare, behavior: 'smooth' });
}
