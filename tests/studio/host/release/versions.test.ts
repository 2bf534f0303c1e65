import { compareVersions } from '@skerry/shared/bundle/version';
import { describe, expect, it } from 'vitest';
import { isPreview, nextPreviewVersion, proposedVersion } from '../../../../studio/host/release/versions.ts';

describe('the version of the next publish', () => {
  it.each([
    ['1.0.0', null, '1.0.0'],
    ['not one', null, '1.0.0'],
    ['1.0.0', '1.0.0', '1.0.1'],
    ['2.0.0', '1.4.9', '2.0.0'],
    ['1.0.0', '1.4.9', '1.4.10'],
    ['1.0.1-preview.4', '1.0.0', '1.0.1'],
    ['1.0.0', '1.1.0-beta.2', '1.1.0'],
  ])('of an app at %s with %s published is %s', (app, published, expected) => {
    expect(proposedVersion(app, published)).toBe(expected);
  });
});

describe('the version of the next preview', () => {
  it.each([
    [null, null, '0.0.0-preview.1'],
    ['1.0.0', '1.0.0', '1.0.1-preview.1'],
    ['1.0.0', '1.0.1-preview.1', '1.0.1-preview.2'],
    ['1.0.0', '1.0.1-preview.9', '1.0.1-preview.10'],
    ['1.0.1', '1.0.1', '1.0.2-preview.1'],
  ])('with %s published and %s on devices is %s', (published, active, expected) => {
    const version = nextPreviewVersion(published, active);
    expect(version).toBe(expected);
    expect(isPreview(version)).toBe(true);
    if (active !== null) expect(compareVersions(version, active)).toBeGreaterThan(0);
    if (published !== null) expect(compareVersions(version, proposedVersion('0.0.1', published))).toBeLessThan(0);
  });
});
