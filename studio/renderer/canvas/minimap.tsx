import { useReactFlow, useStore } from '@xyflow/react';
import { type PointerEvent, useMemo } from 'react';
import styles from './canvas.module.css';
import { type Box, boundsOf, grown } from './geometry.ts';

const WIDTH = 168;
const HEIGHT = 108;

export interface MinimapProps {
  readonly boxes: ReadonlyMap<string, Box>;
  readonly selected: ReadonlySet<string>;
  readonly label: string;
}

/** The whole diagram in small: one path for all boxes, and the part in view; dragging moves the view. */
export function Minimap({ boxes, selected, label }: MinimapProps) {
  const flow = useReactFlow();
  const [x, y, zoom] = useStore((state) => state.transform);
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  const all = useMemo(() => boundsOf(boxes.values()), [boxes]);
  const [path, chosen] = useMemo(
    () => [pathOf([...boxes.values()]), pathOf([...boxes].flatMap(([id, box]) => (selected.has(id) ? [box] : [])))],
    [boxes, selected],
  );
  if (!all) return null;
  const view = { x: -x / zoom, y: -y / zoom, width: width / zoom, height: height / zoom };
  const shown = grown(boundsOf([all, view]) as Box, 40);
  const scale = Math.max(shown.width / WIDTH, shown.height / HEIGHT);
  const area = {
    x: shown.x - (WIDTH * scale - shown.width) / 2,
    y: shown.y - (HEIGHT * scale - shown.height) / 2,
    width: WIDTH * scale,
    height: HEIGHT * scale,
  };
  const moveTo = (event: PointerEvent<SVGSVGElement>) => {
    const place = event.currentTarget.getBoundingClientRect();
    const at = { x: area.x + (event.clientX - place.left) * scale, y: area.y + (event.clientY - place.top) * scale };
    void flow.setCenter(at.x, at.y, { zoom });
  };
  return (
    // The keyboard has its own ways around the canvas; this is one more for the pointer.
    <svg
      role="img"
      aria-label={label}
      className={styles.minimap}
      width={WIDTH}
      height={HEIGHT}
      viewBox={`${area.x} ${area.y} ${area.width} ${area.height}`}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        moveTo(event);
      }}
      onPointerMove={(event) => event.currentTarget.hasPointerCapture(event.pointerId) && moveTo(event)}
    >
      <path className={styles.minimapBoxes} d={path} />
      <path className={styles.minimapChosen} d={chosen} />
      <rect className={styles.minimapView} {...view} rx={2 * scale} strokeWidth={1.5 * scale} />
    </svg>
  );
}

function pathOf(boxes: readonly Box[]): string {
  return boxes.map(({ x, y, width, height }) => `M${x} ${y}h${width}v${height}h${-width}z`).join('');
}
