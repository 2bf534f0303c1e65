import type { LiveContent } from '@skerry/studio/bridge/live-content';
import type { FromLive, ToLive } from '@skerry/studio/bridge/live-messages';
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { useHost } from '../../host/host-link.ts';
import { useProject } from '../../model/project-store.ts';

/** Typing comes in bursts; each burst is shown once. */
const QUIET_MS = 60;

export interface LiveState {
  /** What the frame was told last. */
  readonly content: LiveContent | undefined;
  /** Why the page is not shown as it is now. */
  readonly reason: string | undefined;
  /** What went wrong in the frame. */
  readonly failure: string | undefined;
  /** From the edit to the page that shows it. */
  readonly ms: number | undefined;
  /** Whether what shows is of the last edit. */
  readonly isFresh: boolean;
  readonly isReady: boolean;
}

const FIRST: LiveState = {
  content: undefined,
  reason: undefined,
  failure: undefined,
  ms: undefined,
  isFresh: false,
  isReady: false,
};

export interface Live extends LiveState {
  readonly send: (message: ToLive) => void;
  readonly restart: () => void;
  /** For the frame's `key`. */
  readonly frameNumber: number;
}

/** Keeps the frame showing the document as it is, while the editor is in front. */
export function useLive(
  path: string,
  role: string | undefined,
  isActive: boolean,
  frame: RefObject<HTMLIFrameElement | null>,
  onMessage: (message: FromLive) => void,
): Live {
  const { ask } = useHost();
  const revision = useProject((project) => project.revision);
  const [state, setState] = useState(FIRST);
  const [isListening, setIsListening] = useState(false);
  const [frameNumber, setFrameNumber] = useState(0);
  const hear = useRef(onMessage);
  hear.current = onMessage;
  const asked = useRef({ number: 0, version: '', atMs: 0 });

  const send = useCallback(
    (message: ToLive) => {
      // The frame has an origin of its own that no name stands for; what it is told is the page it shows.
      frame.current?.contentWindow?.postMessage(message, '*');
    },
    [frame],
  );

  useEffect(() => {
    const listen = ({ source, data }: MessageEvent<FromLive>) => {
      if (!frame.current || source !== frame.current.contentWindow) return;
      if (data.kind === 'listening') setIsListening(true);
      else if (data.kind === 'shown') {
        if (data.version !== asked.current.version) return;
        const ms = Math.round(performance.now() - asked.current.atMs);
        setState((before) => ({ ...before, failure: undefined, ms, isFresh: true, isReady: true }));
      } else if (data.kind === 'failed') setState((before) => ({ ...before, failure: data.message }));
      hear.current(data);
    };
    addEventListener('message', listen);
    return () => removeEventListener('message', listen);
  }, [frame]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each revision is asked for
  useEffect(() => {
    if (!isActive || !isListening) return;
    const number = ++asked.current.number;
    const atMs = performance.now();
    setState((before) => ({ ...before, isFresh: false }));
    const timer = setTimeout(async () => {
      try {
        const answer = await ask('page/live', { document: path, ...(role === undefined ? {} : { role }) });
        if (number !== asked.current.number) return;
        const content = answer.content as LiveContent | null;
        if (!content) {
          setState((before) => ({ ...before, reason: answer.reason ?? '', isFresh: true }));
          return;
        }
        const version = (JSON.parse(content.manifest) as { readonly version: string }).version;
        asked.current = { number, version, atMs };
        setState((before) => ({ ...before, content, reason: undefined }));
        send({ kind: 'show', content });
      } catch (error) {
        if (number !== asked.current.number) return;
        const reason = error instanceof Error ? error.message : String(error);
        setState((before) => ({ ...before, reason, isFresh: true }));
      }
    }, QUIET_MS);
    return () => clearTimeout(timer);
  }, [ask, send, path, role, revision, isActive, isListening, frameNumber]);

  const restart = useCallback(() => {
    setIsListening(false);
    setState(FIRST);
    setFrameNumber((before) => before + 1);
  }, []);
  return { ...state, send, restart, frameNumber };
}
