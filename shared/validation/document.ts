import { compareCodePoints } from '../base/json.ts';
import { RULES } from './registry.ts';

/** The page that lists every check: docs/checks.md. */
export function checksDocument(): string {
  const rows = RULES.toSorted((a, b) => compareCodePoints(a.rule.code, b.rule.code)).map(
    ({ rule, when }) => `| \`${rule.code}\` | ${rule.severity} | ${rule.meaning} | ${rule.remedy} | ${when} |`,
  );
  return `# Checks

What \`skerry check\` and the studio's Problems report. Generated from the tables in shared/validation and shared/scope by
\`node scripts/generate-checks-doc.ts\`. Codes that end in \`…\` stand for a family whose messages come from a language or
from the flow checker, with severities of their own; demo data has \`demo/…\`, files of the project \`project/…\`.

| code | severity | what is wrong | what to do | when |
|---|---|---|---|---|
${rows.join('\n')}
`;
}
