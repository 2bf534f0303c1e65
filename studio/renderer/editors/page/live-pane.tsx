import { LIVE_PATH } from '@skerry/studio/bridge/edge-words';
import type { FromLive } from '@skerry/studio/bridge/live-messages';
import { useEffect, useRef, useState } from 'react';
import { Button } from '../../design/button.tsx';
import { EmptyState } from '../../design/empty-state.tsx';
import { IconButton } from '../../design/icon-button.tsx';
import { Select } from '../../design/select.tsx';
import { Spinner } from '../../design/spinner.tsx';
import { useProblemsOf } from '../../model/problems-store.ts';
import { useProject } from '../../model/project-store.ts';
import { openDocument } from '../../workbench/open.ts';
import { select } from '../../workbench/selection.ts';
import { readStored, writeStored } from '../../workbench/stored.ts';
import styles from './live-pane.module.css';
import type { Structure } from './structure.ts';
import { useLive } from './use-live.ts';
import type { PageEditing } from './use-page.ts';

const SIZES = { phone: 390, tablet: 768, desktop: 1200 } as const;
type Size = keyof typeof SIZES;
const SHAPES = [
  { value: 'phone', icon: 'device-mobile' },
  { value: 'tablet', icon: 'book' },
  { value: 'desktop', icon: 'vm' },
] as const;
const SIZE_KEY = 'skerry.page.size';
const isSize = (value: unknown): value is Size => typeof value === 'string' && value in SIZES;

export interface LivePaneProps {
  readonly page: PageEditing;
  readonly isActive: boolean;
  readonly selected: readonly string[];
  /** Under the pointer in the structure. */
  readonly hovered: string | undefined;
}

/** The page as devices show it: their own widgets, on sample data. */
export function LivePane({ page, isActive, selected, hovered }: LivePaneProps) {
  const { t, path, structure } = page;
  const frame = useRef<HTMLIFrameElement>(null);
  const [size, setSize] = useState<Size>(() => readStored(SIZE_KEY, isSize) ?? 'phone');
  const [role, setRole] = useState<string>();
  const [theme, setTheme] = useState<'light' | 'dark'>(studioTheme);
  const [isPicking, setIsPicking] = useState(false);
  const [pointed, setPointed] = useState<string>();
  const hear = (message: FromLive) => {
    if (message.kind !== 'picked' && message.kind !== 'hovered') return;
    const id = innermost(structure, message.widgets);
    if (message.kind === 'hovered') setPointed(id);
    else if (id !== undefined) {
      select(path, [id]);
      setIsPicking(false);
    }
  };
  const live = useLive(path, role, isActive, frame, hear);
  const { send, content, isReady } = live;
  const roles = useProject(({ model }) => model.security.userRoles).map(({ name }) => name);

  useEffect(() => {
    if (content) send({ kind: 'look', theme });
  }, [send, theme, content]);
  useEffect(() => {
    if (content) send({ kind: 'pick', isOn: isPicking });
  }, [send, isPicking, content]);
  const under = pointed ?? hovered;
  useEffect(() => {
    if (isReady) send({ kind: 'outline', widgets: selected, hovered: under, reveal: true });
  }, [send, selected, under, isReady]);

  return (
    <section className={styles.pane} aria-label={t('live.pane')}>
      <header className={styles.bar}>
        <IconButton
          icon="inspect"
          label={t('live.pick')}
          isPressed={isPicking}
          onClick={() => setIsPicking(!isPicking)}
        />
        <span className={styles.divider} />
        {SHAPES.map(({ value, icon }) => (
          <IconButton
            key={value}
            icon={icon}
            label={t(`live.${value}`)}
            isPressed={size === value}
            onClick={() => {
              setSize(value);
              writeStored(SIZE_KEY, value);
            }}
          />
        ))}
        <span className={styles.gap} />
        <div className={styles.role}>
          <Select
            label={t('live.role')}
            hideLabel
            value={role ?? content?.role}
            placeholder={t('live.role')}
            options={roles.map((name) => ({ value: name, label: name }))}
            onChange={setRole}
          />
        </div>
        <IconButton
          icon="color-mode"
          label={t(theme === 'light' ? 'live.dark' : 'live.light')}
          onClick={() => setTheme(theme === 'light' ? 'dark' : 'light')}
        />
        <IconButton icon="refresh" label={t('live.retry')} onClick={live.restart} />
      </header>
      {content && (live.reason || live.failure) && (
        <Held path={path} reason={live.failure ?? live.reason ?? ''} page={page} />
      )}
      <Stage width={SIZES[size]} size={size}>
        <iframe
          key={live.frameNumber}
          ref={frame}
          title={t('live.frame')}
          src={`${LIVE_PATH}/index.html`}
          sandbox="allow-scripts"
          className={`${styles.frame} ${content && (live.reason || live.failure) ? styles.held : ''}`}
        />
        {!isReady && (
          <div className={styles.waiting}>
            {live.reason || live.failure ? (
              <EmptyState icon="debug-disconnect" title={t('live.nothing')}>
                {live.failure ?? live.reason}
              </EmptyState>
            ) : (
              <Spinner label={t('live.starting')} />
            )}
          </div>
        )}
      </Stage>
    </section>
  );
}

function Held({
  path,
  reason,
  page: { t },
}: {
  readonly path: string;
  readonly reason: string;
  readonly page: PageEditing;
}) {
  const problem = useProblemsOf(path).find(({ severity }) => severity === 'error');
  return (
    <div className={styles.reason} role="status">
      <span className={styles.reasonText}>{t('live.held', { reason })}</span>
      {problem && (
        <Button
          size="small"
          onClick={() =>
            openDocument(path, {
              ...(problem.element ? { element: problem.element } : {}),
              ...(problem.path ? { path: problem.path } : {}),
            })
          }
        >
          {t('live.goTo')}
        </Button>
      )}
    </div>
  );
}

/** A device as wide as it is, made smaller where there is less room. */
function Stage({
  width,
  size,
  children,
}: {
  readonly width: number;
  readonly size: Size;
  readonly children: React.ReactNode;
}) {
  const ground = useRef<HTMLDivElement>(null);
  const [room, setRoom] = useState({ width, height: 600 });
  useEffect(() => {
    const element = ground.current;
    if (!element) return;
    const watching = new ResizeObserver(([entry]) => entry && setRoom(entry.contentRect));
    watching.observe(element);
    return () => watching.disconnect();
  }, []);
  const scale = Math.min(1, room.width / width);
  return (
    <div className={styles.ground}>
      <div ref={ground} className={styles.stage}>
        <div
          className={`${styles.device} ${styles[size]}`}
          style={{
            width,
            height: room.height / scale,
            transform: `scale(${scale})`,
            left: Math.max(0, (room.width - width * scale) / 2),
          }}
        >
          {children}
        </div>
      </div>
    </div>
  );
}

function studioTheme(): 'light' | 'dark' {
  return document.documentElement.dataset.theme === 'light' ? 'light' : 'dark';
}

/** Of the widgets around a point, the document's own that stands deepest. */
function innermost({ byId }: Structure, ids: readonly string[]): string | undefined {
  return ids.flatMap((id) => byId.get(id) ?? []).sort((a, b) => b.depth - a.depth)[0]?.id;
}
