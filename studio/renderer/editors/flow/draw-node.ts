import type { Box } from '../../canvas/geometry.ts';
import { escaped, fitted, type Palette, wrapped } from '../../canvas/svg.ts';
import type { FlowNodeData } from './flow-diagram.ts';

/** A step of a flow in an exported picture. */
export function drawNode({ node, words }: FlowNodeData, { width, height }: Box, palette: Palette): string {
  const text = (x: number, y: number, line: string, rest: string) =>
    `<text x="${x}" y="${y}" dominant-baseline="central" font-size="12" ${rest}>${escaped(line)}</text>`;
  const lines = (content: string, top: number, count: number, rest: string, x = 8, room = width - 16) =>
    wrapped(content, room, count)
      .map((line, i) => text(x, top + i * 16, line, rest))
      .join('');
  const frame = (fill: string, extra = '') =>
    `<rect width="${width}" height="${height}" rx="6" fill="${fill}" stroke="${palette.border}" ${extra}/>`;
  switch (node.kind) {
    case 'start':
    case 'end':
    case 'errorEnd':
    case 'break':
    case 'continue': {
      const colour = node.kind === 'errorEnd' ? palette.error : palette.accent;
      const circle = `<circle cx="${width / 2}" cy="${height / 2}" r="${width / 2 - 1}" fill="${node.kind === 'start' ? palette.surface : colour}" stroke="${colour}" stroke-width="2"/>`;
      const label = node.kind === 'start' || node.kind === 'end' ? words.text : words.title;
      const below = `fill="${palette.dim}" text-anchor="middle"`;
      return circle + (label ? text(width / 2, height + 12, fitted(label, 132, 12), below) : '');
    }
    case 'merge':
      return `<rect width="${width}" height="${height}" rx="6" fill="${palette.surface}" stroke="${palette.border}" stroke-width="2"/>`;
    case 'exclusiveSplit':
    case 'typeSplit': {
      const shape = `<path d="M0 ${height / 2}L18 0H${width - 18}L${width} ${height / 2}L${width - 18} ${height}H18Z" fill="${palette.header}" stroke="${palette.border}"/>`;
      const shown = wrapped(words.text, width - 32, 3);
      const top = height / 2 - (shown.length - 1) * 8;
      const middle = `fill="${palette.text}" text-anchor="middle"`;
      return shape + shown.map((line, i) => text(width / 2, top + i * 16, line, middle)).join('');
    }
    case 'loop':
      return (
        frame('none') +
        text(10, 16, fitted(`↻ ${words.text}`, width - 20, 12), `fill="${palette.text}" font-weight="600"`)
      );
    case 'annotation':
      return frame(palette.surface, 'stroke-dasharray="2 3"') + lines(words.text, 16, 3, `fill="${palette.dim}"`);
    default:
      return (
        frame(palette.surface) +
        text(8, 15, fitted(words.title, width - 16, 12), `fill="${palette.text}" font-weight="600"`) +
        lines(words.text, 33, words.output ? 2 : 3, `fill="${palette.dim}"`) +
        (words.output ? text(8, height - 13, fitted(words.output, width - 16, 12), `fill="${palette.accent}"`) : '')
      );
  }
}
