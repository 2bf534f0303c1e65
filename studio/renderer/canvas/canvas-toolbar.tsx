import { useReactFlow, useStore } from '@xyflow/react';
import type { ReactNode } from 'react';
import { IconButton } from '../design/icon-button.tsx';
import { Menu } from '../design/menu.tsx';
import { useWords } from '../words/index.ts';
import { ALIGNMENTS, aligned, distributed } from './align.ts';
import styles from './canvas.module.css';
import type { Moved } from './content.ts';
import type { Box } from './geometry.ts';

export interface CanvasToolbarProps {
  readonly tools: ReactNode;
  /** Boxes among the selected. */
  readonly selected: readonly string[];
  readonly boxes: ReadonlyMap<string, Box>;
  readonly onMove: ((moved: Moved) => Promise<unknown>) | undefined;
  readonly isOutlined: boolean;
  readonly onOutline: () => void;
  readonly isMapped: boolean;
  readonly onMap: () => void;
}

const ALIGN_ICONS = {
  left: 'layout-sidebar-left',
  centerX: 'split-vertical',
  right: 'layout-sidebar-right',
  top: 'layout-panel',
  centerY: 'split-horizontal',
  bottom: 'layout-statusbar',
} as const;

export function CanvasToolbar(props: CanvasToolbarProps) {
  const { tools, selected, boxes, onMove, isOutlined, onOutline, isMapped, onMap } = props;
  const t = useWords('canvas');
  const flow = useReactFlow();
  const zoom = useStore((state) => Math.round(state.transform[2] * 100));
  const chosen = new Map([...boxes].filter(([id]) => selected.includes(id)));
  const move = (moved: Moved) => moved.size > 0 && void onMove?.(moved);
  return (
    <div className={styles.toolbar} role="toolbar" aria-label={t('tools')}>
      {tools}
      <span className={styles.stretch} />
      {onMove && (
        <Menu
          trigger={<IconButton icon="layout" label={t('align')} disabled={chosen.size < 2} />}
          items={[
            ...ALIGNMENTS.map((how) => ({
              id: how,
              title: t(`alignments.${how}`),
              icon: ALIGN_ICONS[how],
              run: () => move(aligned(chosen, how)),
            })),
            { id: 'line', separator: true as const },
            {
              id: 'x',
              title: t('distributeX'),
              disabled: chosen.size < 3,
              run: () => move(distributed(chosen, 'x')),
            },
            {
              id: 'y',
              title: t('distributeY'),
              disabled: chosen.size < 3,
              run: () => move(distributed(chosen, 'y')),
            },
          ]}
        />
      )}
      <IconButton icon="list-tree" label={t('outline')} isPressed={isOutlined} onClick={onOutline} />
      <IconButton icon="map" label={t('minimap')} isPressed={isMapped} onClick={onMap} />
      <span className={styles.divider} />
      <IconButton
        icon="zoom-out"
        label={t('zoomOut')}
        keys="$mod+-"
        onClick={() => void flow.zoomOut({ duration: 120 })}
      />
      <button
        type="button"
        className={styles.zoom}
        title={t('zoomTo100')}
        onClick={() => void flow.zoomTo(1, { duration: 120 })}
      >
        {zoom} %
      </button>
      <IconButton
        icon="zoom-in"
        label={t('zoomIn')}
        keys="$mod+="
        onClick={() => void flow.zoomIn({ duration: 120 })}
      />
      <IconButton
        icon="screen-full"
        label={t('fit')}
        keys="Shift+1"
        onClick={() => void flow.fitView({ padding: 0.12, maxZoom: 1, duration: 200 })}
      />
    </div>
  );
}
