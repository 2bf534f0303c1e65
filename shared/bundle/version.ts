const VERSION = /^(\d{1,9})\.(\d{1,9})\.(\d{1,9})(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?$/;

export function isVersion(text: string): boolean {
  return VERSION.test(text);
}

/** Orders semantic versions by precedence (semver.org 11): build marks do not count. What is no version comes first. */
export function compareVersions(a: string, b: string): number {
  const x = VERSION.exec(a);
  const y = VERSION.exec(b);
  if (!x || !y) return Number(Boolean(x)) - Number(Boolean(y));
  for (const part of [1, 2, 3]) {
    const difference = Number(x[part]) - Number(y[part]);
    if (difference !== 0) return difference;
  }
  return comparePreRelease(x[4], y[4]);
}

function comparePreRelease(a: string | undefined, b: string | undefined): number {
  // 1.0.0-beta comes before 1.0.0.
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  const x = a.split('.');
  const y = b.split('.');
  for (let i = 0; i < Math.min(x.length, y.length); i++) {
    const difference = compareIdentifiers(x[i] ?? '', y[i] ?? '');
    if (difference !== 0) return difference;
  }
  return x.length - y.length;
}

function compareIdentifiers(a: string, b: string): number {
  const numeric = [/^\d+$/.test(a), /^\d+$/.test(b)];
  if (numeric[0] && numeric[1]) return Number(a) - Number(b);
  if (numeric[0] !== numeric[1]) return numeric[0] ? -1 : 1;
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
