import { useStore, ViewportPortal } from '@xyflow/react';
import { type MouseEvent, memo, useMemo } from 'react';
import type { CanvasEdge } from './content.ts';
import styles from './edges.module.css';
import { type Box, boundsOf, overlaps, type Point } from './geometry.ts';
import { placedLabels, pointAlong, roundedPath } from './path.ts';
import type { Route } from './route.ts';

export interface EdgeLayerProps {
  readonly edges: readonly CanvasEdge[];
  readonly routes: ReadonlyMap<string, Route>;
  readonly boxes: ReadonlyMap<string, Box>;
  readonly selected: ReadonlySet<string>;
  readonly isFar: boolean;
  readonly onSelect: (edge: string, event: MouseEvent) => void;
  readonly onOpen?: ((edge: string) => void) | undefined;
}

const CULL = 512;
const LABEL_HEIGHT = 18;
/** Wide enough for the interface's font at 12 px. */
const CHARACTER = 6.4;

/** All lines in one drawing beneath the boxes; only what is in view is drawn. */
export function EdgeLayer({ edges, routes, boxes, selected, isFar, onSelect, onOpen }: EdgeLayerProps) {
  const view = useStore(visibleArea, sameArea);
  const labels = useMemo(
    () =>
      placedLabels(
        edges.flatMap(({ id, label, labelAt }) => {
          const route = routes.get(id);
          return route && label && labelAt !== 'start'
            ? [{ id, route, width: label.length * CHARACTER + 10, height: LABEL_HEIGHT }]
            : [];
        }),
        boxes,
      ),
    [edges, routes, boxes],
  );
  return (
    <ViewportPortal>
      <svg className={styles.layer} aria-hidden="true">
        {edges.map((edge) => {
          const route = routes.get(edge.id);
          if (!route) return null;
          const isSelected = selected.has(edge.id);
          const area = boundsOf(route.map((point) => ({ ...point, width: 1, height: 1 })));
          if (!isSelected && area && !overlaps(area, view)) return null;
          return (
            <EdgeLine
              key={edge.id}
              edge={edge}
              route={route}
              labelPlace={labels.get(edge.id)}
              isSelected={isSelected}
              isFar={isFar}
              onSelect={onSelect}
              onOpen={onOpen}
            />
          );
        })}
      </svg>
    </ViewportPortal>
  );
}

interface EdgeLineProps extends Pick<EdgeLayerProps, 'isFar' | 'onSelect' | 'onOpen'> {
  readonly edge: CanvasEdge;
  readonly route: Route;
  readonly labelPlace: Point | undefined;
  readonly isSelected: boolean;
}

const EdgeLine = memo(function EdgeLine(props: EdgeLineProps) {
  const { edge, route, labelPlace, isSelected, isFar, onSelect, onOpen } = props;
  const path = roundedPath(route);
  const classes = [styles.edge, styles[edge.tone], isSelected && styles.selected, edge.isDimmed && styles.dimmed];
  const middle = labelPlace ?? (edge.labelAt === 'start' ? pointAlong(route, 20) : middleOf(route));
  const isSelectable = edge.isElement !== false;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the canvas and its outline are the keyboard's ways to lines
    <g
      className={classes.filter(Boolean).join(' ')}
      data-edge={edge.id}
      onClick={isSelectable ? (event) => onSelect(edge.id, event) : undefined}
      onDoubleClick={isSelectable ? () => onOpen?.(edge.id) : undefined}
    >
      <title>{edge.title}</title>
      {isSelectable && <path className={styles.hit} d={path} />}
      <path className={styles.line} d={path} strokeDasharray={edge.isDashed ? '5 4' : undefined} />
      <End kind={edge.start} route={[...route].reverse()} />
      <End kind={edge.end} route={route} />
      {!isFar && edge.startText && <EndText route={route} text={edge.startText} />}
      {!isFar && edge.endText && <EndText route={[...route].reverse()} text={edge.endText} />}
      {!isFar && edge.label && (
        <EdgeLabel at={middle} text={edge.label} isShown={labelPlace !== undefined || edge.labelAt === 'start'} />
      )}
    </g>
  );
});

function EdgeLabel({ at, text, isShown }: { readonly at: Point; readonly text: string; readonly isShown: boolean }) {
  const width = text.length * CHARACTER + 10;
  return (
    <g className={isShown ? styles.label : `${styles.label} ${styles.hidden}`} transform={`translate(${at.x} ${at.y})`}>
      <rect x={-width / 2} y={-LABEL_HEIGHT / 2} width={width} height={LABEL_HEIGHT} rx="4" />
      <text textAnchor="middle" dominantBaseline="central">
        {text}
      </text>
    </g>
  );
}

/** A multiplicity beside the beginning of a route. */
function EndText({ route, text }: { readonly route: Route; readonly text: string }) {
  const [a, b] = route;
  if (!a || !b) return null;
  const isVertical = a.x === b.x;
  const x = isVertical ? a.x + 6 : a.x + Math.sign(b.x - a.x) * 10;
  const y = isVertical ? a.y + Math.sign(b.y - a.y) * 12 : a.y - 8;
  return (
    <text className={styles.end} x={x} y={y} textAnchor={isVertical ? 'start' : 'middle'} dominantBaseline="central">
      {text}
    </text>
  );
}

/** What stands at the end of a route. */
function End({ kind, route }: { readonly kind: CanvasEdge['end']; readonly route: Route }) {
  const [tip, before] = [route.at(-1), route.at(-2)];
  if (!kind || kind === 'none' || !tip || !before) return null;
  const angle = (Math.atan2(tip.y - before.y, tip.x - before.x) * 180) / Math.PI;
  const turn = `translate(${tip.x} ${tip.y}) rotate(${angle})`;
  if (kind === 'dot') return <circle className={styles.dot} cx={tip.x} cy={tip.y} r="3" />;
  if (kind === 'triangle') return <path className={styles.triangle} transform={turn} d="M0 0L-12 -7V7Z" />;
  return <path className={styles.arrow} transform={turn} d="M0 0L-8 -4.5V4.5Z" />;
}

function middleOf(route: Route): Point {
  let length = 0;
  for (let i = 1; i < route.length; i++) {
    const [a, b] = [route[i - 1] as Point, route[i] as Point];
    length += Math.hypot(a.x - b.x, a.y - b.y);
  }
  return pointAlong(route, length / 2);
}

interface Viewed {
  readonly transform: readonly [number, number, number];
  readonly width: number;
  readonly height: number;
}

/** Rounded outwards, so that panning draws anew only now and then. */
function visibleArea({ transform: [x, y, zoom], width, height }: Viewed): Box {
  const left = Math.floor(-x / zoom / CULL) * CULL - CULL / 2;
  const top = Math.floor(-y / zoom / CULL) * CULL - CULL / 2;
  const right = Math.ceil((-x + width) / zoom / CULL) * CULL + CULL / 2;
  const bottom = Math.ceil((-y + height) / zoom / CULL) * CULL + CULL / 2;
  return { x: left, y: top, width: right - left, height: bottom - top };
}

function sameArea(a: Box, b: Box): boolean {
  return a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;
}
