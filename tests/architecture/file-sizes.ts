export type FileSize = { path: string; lines: number };

/** A reason to look again. */
export const longLines = 300;

/** Beyond this a file needs a written reason. */
export const largeLines = 500;

export function countLines(text: string): number {
  return text === '' ? 0 : text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
}

/** What is wrong: large files without a reason, and reasons that no longer have a large file. */
export function sizeProblems(sizes: FileSize[], reasons: Readonly<Record<string, string>>): string[] {
  const large = new Map(sizes.filter(({ lines }) => lines > largeLines).map(({ path, lines }) => [path, lines]));
  return [
    ...[...large].filter(([path]) => !reasons[path]).map(([path, lines]) => `${path} has ${lines} lines and no reason`),
    ...Object.keys(reasons)
      .filter((path) => !large.has(path))
      .map((path) => `${path} is not large any more`),
  ];
}

/** A report of few lines. The tail is told apart, since it is what separates good code from a good average. */
export function sizeReport(sizes: FileSize[]): string {
  const sorted = [...sizes].sort((a, b) => a.lines - b.lines);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]?.lines ?? 0;
  const total = sizes.reduce((sum, { lines }) => sum + lines, 0);
  const over = (limit: number) => sorted.filter(({ lines }) => lines > limit);
  const named = over(longLines)
    .reverse()
    .map(({ path, lines }) => `  ${String(lines).padStart(5)}  ${path}`);
  return [
    `${sizes.length} files, ${total} lines: median ${at(0.5)}, p90 ${at(0.9)}, ` +
      `${over(longLines).length} over ${longLines}, ${over(largeLines).length} over ${largeLines}`,
    ...named,
  ].join('\n');
}
