import type { LiveContent } from '@skerry/studio/bridge/live-content';
import type { FromLive } from '@skerry/studio/bridge/live-messages';
import { Component, type ReactNode, useEffect, useMemo } from 'react';
import type { PageEntry } from '../../ui/data/page-stack.ts';
import { useRunning, useStatus } from '../../ui/shell/use-app.ts';
import { sayIn } from '../../ui/shell/words.ts';
import { WordsContext } from '../../ui/shell/words-context.ts';
import { DrawnContext } from '../../ui/widgets/widget-view.tsx';
import type { Drawn } from './drawn.ts';
import type { LiveDevice } from './live-device.ts';
import { LiveScreen } from './live-screen.tsx';

export interface Shown {
  readonly device: LiveDevice;
  /** Grows with each device. */
  readonly number: number;
  readonly content: LiveContent;
  readonly arguments: PageEntry['args'];
  readonly askedMs: number;
}

export interface LiveAppProps {
  readonly shown: Shown;
  readonly drawn: Drawn;
  readonly tell: (message: FromLive) => void;
}

/** A live device's page, once its bundle is open. */
export function LiveApp({ shown, drawn, tell }: LiveAppProps) {
  const { device } = shown.device;
  const status = useStatus(device);
  const { running, trouble } = useRunning(device, status);
  const language = running?.language ?? 'en';
  const say = useMemo(() => sayIn(language), [language]);
  const version = running?.content.manifest.version;

  useEffect(() => {
    if (!running) return;
    document.documentElement.lang = running.language;
    document.documentElement.style.setProperty('--app-accent', running.content.model.app.theme.accent);
  }, [running]);
  useEffect(() => {
    if (trouble) tell({ kind: 'failed', message: trouble });
  }, [trouble, tell]);
  useEffect(() => {
    if (version !== undefined) tell({ kind: 'shown', version, ms: Math.round(performance.now() - shown.askedMs) });
  }, [version, shown, tell]);

  if (!status || !running) return null;
  return (
    <WordsContext value={say}>
      <DrawnContext value={drawn.refOf}>
        <Boundary key={`${shown.number} ${version}`} onError={({ message }) => tell({ kind: 'failed', message })}>
          <LiveScreen
            key={shown.number}
            device={device}
            status={status}
            running={running}
            content={shown.content}
            arguments={shown.arguments}
          />
        </Boundary>
      </DrawnContext>
    </WordsContext>
  );
}

interface BoundaryProps {
  readonly onError: (error: Error) => void;
  readonly children: ReactNode;
}

/** A page that breaks says so to the editor; the next version is tried anew. */
class Boundary extends Component<BoundaryProps, { readonly isBroken: boolean }> {
  override state = { isBroken: false };

  static getDerivedStateFromError() {
    return { isBroken: true };
  }

  override componentDidCatch(error: Error): void {
    this.props.onError(error);
  }

  override render(): ReactNode {
    return this.state.isBroken ? null : this.props.children;
  }
}
