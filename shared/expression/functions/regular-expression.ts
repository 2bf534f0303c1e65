const MAX_KEPT = 200;
const kept = new Map<string, RegExp | null>();

/** The expression, matching code points; null if the pattern is none. `whole` matches the text from end to end. */
export function regularExpression(pattern: string, extent: 'whole' | 'all' | 'first'): RegExp | null {
  const key = `${extent} ${pattern}`;
  let expression = kept.get(key);
  if (expression === undefined) {
    expression = compile(extent === 'whole' ? `^(?:${pattern})$` : pattern, extent === 'all' ? 'g' : '');
    if (kept.size >= MAX_KEPT) kept.clear();
    kept.set(key, expression);
  }
  if (expression) expression.lastIndex = 0;
  return expression;
}

function compile(source: string, flags: string): RegExp | null {
  // Patterns from elsewhere escape more than the Unicode mode allows; without it they still mean something.
  for (const mode of [`${flags}u`, flags]) {
    try {
      return new RegExp(source, mode);
    } catch {
      // The constructor's only way to refuse.
    }
  }
  return null;
}
