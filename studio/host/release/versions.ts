import { compareVersions, isVersion } from '@skerry/shared/bundle/version';

const PREVIEW = /^(\d+\.\d+\.\d+)-preview\.(\d+)$/;

/** Whether a version is that of unpublished work in the preview. */
export function isPreview(version: string): boolean {
  return PREVIEW.test(version);
}

/** What the next publish is offered as: the app's own version when it is above what is published, else the next patch. */
export function proposedVersion(app: string, published: string | null): string {
  if (published === null) return isVersion(app) ? app : '1.0.0';
  return isVersion(app) && !isPreview(app) && compareVersions(app, published) > 0 ? app : nextPatch(published);
}

/**
 * The version of the next preview: above what devices run, below everything that may be published next.
 *
 * @param active what devices run
 */
export function nextPreviewVersion(published: string | null, active: string | null): string {
  const base = published === null ? '0.0.0' : nextPatch(published);
  const [, of, number] = PREVIEW.exec(active ?? '') ?? [];
  return `${base}-preview.${of === base ? Number(number) + 1 : 1}`;
}

function nextPatch(version: string): string {
  const [core = ''] = version.split(/[-+]/);
  const [major = '1', minor = '0', patch = '0'] = core.split('.');
  // A pre-release comes before its own number, which is thereby free.
  return version.includes('-') ? core : `${major}.${minor}.${Number(patch) + 1}`;
}
