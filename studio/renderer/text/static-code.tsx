import type { Diagnostic } from '@skerry/shared/base/diagnostic';
import type { SlotLanguage } from '@skerry/shared/metamodel/role';
import { memo } from 'react';
import styles from './code.module.css';
import { highlight, type Segment } from './highlight.ts';

export interface StaticCodeProps {
  readonly text: string;
  readonly language: SlotLanguage;
  readonly problems?: readonly Diagnostic[];
}

/** Highlighted text without an editor: cheap enough for hundreds of fields. */
export const StaticCode = memo(function StaticCode({ text, language, problems = [] }: StaticCodeProps) {
  const { segments } = highlight(text, language);
  return cutAtProblems(segments, problems).map(({ kind, start, end, severity }) => (
    <span key={start} className={`${styles[kind]} ${severity ? styles[severity] : ''}`}>
      {text.slice(start, end)}
    </span>
  ));
});

type Cut = Segment & { readonly severity?: Diagnostic['severity'] | undefined };

const WEIGHT = { error: 3, warning: 2, information: 1 } as const;

/** Segments, cut where an underline begins or ends. A problem without a span is underlined nowhere. */
export function cutAtProblems(segments: readonly Segment[], problems: readonly Diagnostic[]): readonly Cut[] {
  const spans = problems.flatMap(({ span, severity }) => (span ? [{ ...span, severity }] : []));
  if (spans.length === 0) return segments;
  const borders = spans.flatMap(({ start, end }) => [start, end]);
  return segments.flatMap((segment) => {
    const inside = borders.filter((at) => at > segment.start && at < segment.end).sort((a, b) => a - b);
    const cuts = [segment.start, ...new Set(inside), segment.end];
    return cuts.slice(1).map((end, i) => {
      const start = cuts[i] as number;
      const over = spans.filter((span) => span.start <= start && span.end >= end);
      const severity = over.sort((a, b) => WEIGHT[b.severity] - WEIGHT[a.severity])[0]?.severity;
      return { kind: segment.kind, start, end, severity };
    });
  });
}
