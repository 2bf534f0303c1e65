import type { Box } from '../../canvas/geometry.ts';
import { escaped, fitted, type Palette, wrapped } from '../../canvas/svg.ts';
import { type AnnotationData, type EntityCardData, HEADER_HEIGHT, ROW_HEIGHT, TAG_HEIGHT } from './diagram.ts';
import { typeWord } from './type-words.ts';

/** A card of the domain model in an exported picture. */
export function drawCard(data: EntityCardData | AnnotationData, { width, height }: Box, palette: Palette): string {
  const text = (x: number, y: number, words: string, rest = `fill="${palette.text}"`) =>
    `<text x="${x}" y="${y}" dominant-baseline="central" ${rest}>${escaped(words)}</text>`;
  const frame = (extra: string) =>
    `<rect width="${width}" height="${height}" rx="6" fill="${palette.surface}" stroke="${palette.border}" ${extra}/>`;
  if (data.kind === 'annotation') {
    const lines = wrapped(data.text, width - 24, Math.max(1, Math.floor((height - 16) / 18)), 13);
    return frame('stroke-dasharray="2 3"') + lines.map((line, i) => text(12, 18 + i * 18, line)).join('');
  }
  const name = data.isForeign ? data.qualifiedName : data.name;
  const parts = [
    frame(data.isForeign ? 'stroke-dasharray="4 3"' : ''),
    `<path d="M0 ${HEADER_HEIGHT}H${width}" stroke="${palette.border}"/>`,
    text(12, HEADER_HEIGHT / 2, fitted(name, width - 24), `fill="${palette.text}" font-weight="600"`),
  ];
  let y = HEADER_HEIGHT;
  if (data.generalization) {
    parts.push(
      text(
        12,
        y + TAG_HEIGHT / 2,
        fitted(`△ ${data.generalization}`, width - 24, 12),
        `fill="${palette.dim}" font-size="12"`,
      ),
    );
    y += TAG_HEIGHT;
  }
  if (data.isForeign) return parts.join('');
  for (const row of data.rows) {
    const middle = y + 4 + ROW_HEIGHT / 2;
    parts.push(
      text(12, middle, fitted(row.name + (row.isRequired ? ' *' : ''), width * 0.55)),
      text(
        width - 10,
        middle,
        fitted(typeWord(row.attribute.type), width * 0.38, 12),
        `fill="${palette.dim}" font-size="12" text-anchor="end"`,
      ),
    );
    y += ROW_HEIGHT;
  }
  return parts.join('');
}
