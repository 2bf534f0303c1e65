/**
 * What the workbench's page may do. Monaco and the layout run in workers, some of them made from blobs; libraries set
 * styles; `frames` are the origins that the workbench shows inside itself.
 *
 * @param channels where calls may go beyond the page's own origin
 */
export function workbenchPolicy(frames: readonly string[], channels: readonly string[] = []): string {
  const directives: readonly (readonly string[])[] = [
    ['default-src', "'self'"],
    ['script-src', "'self'"],
    ['worker-src', "'self'", 'blob:'],
    ['style-src', "'self'", "'unsafe-inline'"],
    ['img-src', "'self'", 'data:', 'blob:'],
    ['font-src', "'self'", 'data:'],
    ['connect-src', "'self'", ...channels],
    ['frame-src', ...(frames.length === 0 ? ["'none'"] : frames)],
    ['object-src', "'none'"],
    ['frame-ancestors', "'none'"],
    ['base-uri', "'none'"],
    ['form-action', "'none'"],
  ];
  return written(directives);
}

/**
 * What the frame for live pages may do: run, without an origin of its own and so without storage, and talk to nobody but
 * the workbench around it. Code of the model's JavaScript actions comes as text.
 */
export function livePolicy(workbench: string): string {
  return written([
    ['sandbox', 'allow-scripts'],
    ['default-src', "'none'"],
    ['script-src', `${workbench}/live/`, "'wasm-unsafe-eval'", 'blob:', 'data:'],
    ['style-src', `${workbench}/live/`, "'unsafe-inline'"],
    ['img-src', `${workbench}/live/`, 'data:', 'blob:'],
    ['connect-src', `${workbench}/live/`],
    ['frame-ancestors', workbench],
    ['base-uri', "'none'"],
    ['form-action', "'none'"],
  ]);
}

function written(directives: readonly (readonly string[])[]): string {
  return directives.map((words) => words.join(' ')).join('; ');
}
