import { type Palette, type Picture, svgOf } from './svg.ts';

/** The colours of the theme in use. */
function paletteOf(element: Element): Palette {
  const style = getComputedStyle(element);
  const token = (name: string) => style.getPropertyValue(name).trim();
  return {
    ground: token('--surface-0'),
    surface: token('--surface-1'),
    header: token('--surface-2'),
    border: token('--border-strong'),
    line: token('--border-strong'),
    text: token('--text-1'),
    dim: token('--text-2'),
    accent: token('--accent'),
    error: token('--error'),
    font: token('--font-ui'),
  };
}

export function exportSvg(picture: Picture): void {
  const svg = svgOf(picture, paletteOf(document.documentElement));
  offer(new Blob([svg], { type: 'image/svg+xml' }), `${picture.title}.svg`);
}

/** @param scale device pixels per pixel of the diagram; less where the picture would grow beyond what browsers can draw */
export async function exportPng(picture: Picture, scale = 2): Promise<void> {
  const svg = svgOf(picture, paletteOf(document.documentElement));
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const fit = Math.min(scale, 12_000 / image.width, 12_000 / image.height);
  const canvas = document.createElement('canvas');
  canvas.width = Math.ceil(image.width * fit);
  canvas.height = Math.ceil(image.height * fit);
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (!blob) throw new Error('The browser could not draw a picture of this size. Export it as SVG instead.');
  offer(blob, `${picture.title}.png`);
}

function offer(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
