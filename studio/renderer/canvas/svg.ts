import type { CanvasEdge } from './content.ts';
import { type Box, boundsOf, grown } from './geometry.ts';
import { pointAlong, roundedPath } from './path.ts';
import type { Route } from './route.ts';

/** Colours of a picture, as CSS says them. */
export interface Palette {
  readonly ground: string;
  readonly surface: string;
  readonly header: string;
  readonly border: string;
  readonly line: string;
  readonly text: string;
  readonly dim: string;
  readonly accent: string;
  readonly error: string;
  readonly font: string;
}

/** What a shape draws of itself into a picture, its box's corner being the origin. */
export type Draw = (id: string, box: Box, palette: Palette) => string;

export interface Picture {
  readonly boxes: ReadonlyMap<string, Box>;
  readonly edges: readonly CanvasEdge[];
  readonly routes: ReadonlyMap<string, Route>;
  readonly draw: Draw;
  readonly title: string;
}

/** A diagram as a file of its own: no fonts, styles or scripts from elsewhere. */
export function svgOf({ boxes, edges, routes, draw, title }: Picture, palette: Palette): string {
  const corners = [...routes.values()].flat().map((point) => ({ ...point, width: 0, height: 0 }));
  const area = grown(boundsOf([...boxes.values(), ...corners]) ?? { x: 0, y: 0, width: 200, height: 100 }, 32);
  const lines = edges.map((edge) => edgeSvg(edge, routes.get(edge.id), palette));
  const shapes = [...boxes].map(
    ([id, box]) => `<g transform="translate(${box.x} ${box.y})">${draw(id, box, palette)}</g>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${area.x} ${area.y} ${area.width} ${area.height}" width="${area.width}" height="${area.height}" font-family="${escaped(palette.font)}" font-size="13">`,
    `<title>${escaped(title)}</title>`,
    `<rect x="${area.x}" y="${area.y}" width="${area.width}" height="${area.height}" fill="${palette.ground}"/>`,
    ...lines,
    ...shapes,
    '</svg>',
    '',
  ].join('\n');
}

function edgeSvg(edge: CanvasEdge, route: Route | undefined, palette: Palette): string {
  if (!route) return '';
  const colour = edge.tone === 'error' ? palette.error : palette.line;
  const parts = [
    `<path d="${roundedPath(route)}" fill="none" stroke="${colour}" stroke-width="1.5"${edge.isDashed ? ' stroke-dasharray="5 4"' : ''}/>`,
    endSvg(edge.end, route, colour, palette),
    endSvg(edge.start, [...route].reverse(), colour, palette),
  ];
  const write = (text: string | undefined, at: number) => {
    if (!text) return;
    const point = pointAlong(route, at);
    parts.push(
      `<text x="${point.x}" y="${point.y - 5}" text-anchor="middle" font-size="12" fill="${palette.dim}" stroke="${palette.ground}" stroke-width="3" paint-order="stroke">${escaped(text)}</text>`,
    );
  };
  write(edge.startText, 10);
  write(edge.endText, -14);
  write(edge.label, edge.labelAt === 'start' ? 18 : lengthOf(route) / 2);
  return parts.join('');
}

function endSvg(kind: CanvasEdge['end'], route: Route, colour: string, palette: Palette): string {
  const [tip, before] = [route.at(-1), route.at(-2)];
  if (!kind || kind === 'none' || !tip || !before) return '';
  if (kind === 'dot') return `<circle cx="${tip.x}" cy="${tip.y}" r="3" fill="${colour}"/>`;
  const angle = (Math.atan2(tip.y - before.y, tip.x - before.x) * 180) / Math.PI;
  const place = `transform="translate(${tip.x} ${tip.y}) rotate(${angle})"`;
  return kind === 'triangle'
    ? `<path ${place} d="M0 0L-12 -7V7Z" fill="${palette.ground}" stroke="${colour}" stroke-width="1.5"/>`
    : `<path ${place} d="M0 0L-8 -4.5V4.5Z" fill="${colour}"/>`;
}

function lengthOf(route: Route): number {
  return route.slice(1).reduce((sum, point, i) => {
    const before = route[i] as { x: number; y: number };
    return sum + Math.abs(point.x - before.x) + Math.abs(point.y - before.y);
  }, 0);
}

export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** A text cut to a width, by the mean width of the interface's letters. */
export function fitted(text: string, width: number, size = 13): string {
  const count = Math.max(1, Math.floor(width / (size * 0.54)));
  return text.length <= count ? text : `${text.slice(0, count - 1)}…`;
}

/** Breaks words into at most `lines` lines of a width. */
export function wrapped(text: string, width: number, lines: number, size = 12): readonly string[] {
  const found: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = found.at(-1);
    const joined = last === undefined ? word : `${last} ${word}`;
    if (last !== undefined && fitted(joined, width, size) === joined) found[found.length - 1] = joined;
    else found.push(word);
  }
  const kept = found.slice(0, lines).map((line) => fitted(line, width, size));
  if (found.length > lines) kept[lines - 1] = fitted(`${found[lines - 1]} …`, width, size);
  return kept;
}
