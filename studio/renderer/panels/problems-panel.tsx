import type { Diagnostic, Fix, Severity } from '@skerry/shared/base/diagnostic';
import type { CommandArguments, CommandName } from '@skerry/studio/bridge/commands/index';
import { type KeyboardEvent, useEffect, useMemo, useRef } from 'react';
import { useStore } from 'zustand';
import { Button } from '../design/button.tsx';
import { EmptyState } from '../design/empty-state.tsx';
import { Icon } from '../design/icon.tsx';
import { Spinner } from '../design/spinner.tsx';
import { FilterField } from '../explorer/filter-field.tsx';
import { problemsStore } from '../model/problems-store.ts';
import { useRun } from '../model/use-run.ts';
import { useWords } from '../words/index.ts';
import { useActiveDocument } from '../workbench/active-document.ts';
import { describeDocument } from '../workbench/document-info.ts';
import { countProblems, type ProblemGroup } from './problem-list.ts';
import styles from './problems-panel.module.css';
import { goToProblem, problemsViewStore, shownGroups } from './problems-view-store.ts';

const ICONS: { readonly [S in Severity]: string } = { error: 'error', warning: 'warning', information: 'info' };
const SEVERITIES: readonly Severity[] = ['error', 'warning', 'information'];
const NAMES = { error: 'errors', warning: 'warnings', information: 'information' } as const;

/** What the checks found, by document, with what can be done about it. */
export function ProblemsPanel() {
  const t = useWords('panels');
  const { byDocument, isComplete, revision } = useStore(problemsStore);
  const view = useStore(problemsViewStore);
  const active = useActiveDocument();
  // biome-ignore lint/correctness/useExhaustiveDependencies: what shownGroups reads
  const groups = useMemo(shownGroups, [byDocument, view, active]);
  const counts = countProblems(byDocument);
  const total = counts.error + counts.warning + counts.information;
  const list = useRef<HTMLDivElement>(null);

  const press = (event: KeyboardEvent<HTMLElement>) => {
    const rows = [...(list.current?.querySelectorAll<HTMLElement>('[data-problem]') ?? [])];
    const target = event.target as HTMLElement;
    const row = target.closest('[data-line]')?.querySelector<HTMLElement>('[data-problem]') ?? null;
    const at = row ? rows.indexOf(row) : -1;
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
    if (next !== undefined) {
      event.preventDefault();
      rows[Math.max(0, Math.min(next, rows.length - 1))]?.focus();
      return;
    }
    if (event.key !== 'ArrowRight' && event.key !== 'ArrowLeft') return;
    const controls = [...(target.closest('[data-line]')?.querySelectorAll<HTMLElement>('button') ?? [])];
    event.preventDefault();
    controls[controls.indexOf(target) + (event.key === 'ArrowRight' ? 1 : -1)]?.focus();
  };
  const clear = () =>
    problemsViewStore.setState({ severities: new Set(SEVERITIES), text: '', isThisDocumentOnly: false });
  const toggle = (severity: Severity) => {
    const severities = new Set(view.severities);
    if (!severities.delete(severity)) severities.add(severity);
    problemsViewStore.setState({ severities });
  };
  const first = groups[0]?.problems[0];
  const isCurrentShown = groups.some(({ problems }) => view.current !== undefined && problems.includes(view.current));
  return (
    <div className={styles.panel}>
      <div className={styles.bar}>
        <FilterField
          view="problems"
          label={t('problems.filter')}
          clearLabel={t('problems.clear')}
          value={view.text}
          onChange={(text) => problemsViewStore.setState({ text })}
          onDown={() => list.current?.querySelector<HTMLElement>('[data-problem]')?.focus()}
        />
        {SEVERITIES.map((severity) => (
          <button
            key={severity}
            type="button"
            aria-pressed={view.severities.has(severity)}
            aria-label={`${counts[severity]} ${t(`problems.${NAMES[severity]}`)}`}
            title={t(`problems.${NAMES[severity]}`)}
            className={styles.toggle}
            onClick={() => toggle(severity)}
          >
            <Icon name={ICONS[severity]} className={styles[severity]} />
            {counts[severity]}
          </button>
        ))}
        <button
          type="button"
          aria-pressed={view.isThisDocumentOnly}
          className={styles.toggle}
          onClick={() => problemsViewStore.setState({ isThisDocumentOnly: !view.isThisDocumentOnly })}
        >
          {t('problems.thisDocument')}
        </button>
        {revision > 0 && !isComplete && <Spinner label={t('problems.checking')} />}
      </div>
      {total === 0 ? (
        <EmptyState icon="pass" title={t('problems.none')}>
          {t('problems.noneHint')}
        </EmptyState>
      ) : groups.length === 0 ? (
        <EmptyState
          icon="filter"
          title={t('problems.noMatch')}
          action={
            <Button size="small" onClick={clear}>
              {t('problems.clear')}
            </Button>
          }
        >
          {t('problems.noMatchHint', { count: total })}
        </EmptyState>
      ) : (
        // biome-ignore lint/a11y/noStaticElementInteractions: arrows move among the buttons within
        <div ref={list} className={styles.list} onKeyDown={press}>
          {groups.map((group) => (
            <Group
              key={group.document}
              group={group}
              current={view.current}
              tabStop={isCurrentShown ? view.current : first}
            />
          ))}
        </div>
      )}
    </div>
  );
}

interface GroupProps {
  readonly group: ProblemGroup;
  readonly current: Diagnostic | undefined;
  /** The one row of the whole list that Tab reaches. */
  readonly tabStop: Diagnostic | undefined;
}

function Group({ group, current, tabStop }: GroupProps) {
  const t = useWords('panels');
  const info = describeDocument(group.document);
  return (
    <section>
      <h3 className={styles.heading}>
        <Icon name={info?.icon ?? 'project'} className={styles.icon} />
        {info?.title ?? (group.document || t('problems.project'))}
        {info && <span className={styles.module}>{info.module}</span>}
        <span className={styles.count}>{group.problems.length}</span>
      </h3>
      <ul className={styles.problems}>
        {group.problems.map((problem, index) => (
          <Problem
            // biome-ignore lint/suspicious/noArrayIndexKey: equal problems can stand twice in a document
            key={`${problem.code} ${problem.element} ${problem.path?.join('/')} ${index}`}
            problem={problem}
            isCurrent={problem === current}
            isTabStop={problem === tabStop}
          />
        ))}
      </ul>
    </section>
  );
}

interface ProblemProps {
  readonly problem: Diagnostic;
  readonly isCurrent: boolean;
  readonly isTabStop: boolean;
}

function Problem({ problem, isCurrent, isTabStop }: ProblemProps) {
  const t = useWords('panels');
  const run = useRun();
  const row = useRef<HTMLButtonElement>(null);
  const { severity, message, code, fixes = [] } = problem;
  useEffect(() => {
    if (isCurrent) row.current?.scrollIntoView({ block: 'nearest' });
  }, [isCurrent]);
  // The host judges the name and the arguments, as for every command.
  const apply = (fix: Fix) => run(fix.command as CommandName, fix.arguments as CommandArguments<CommandName>);
  return (
    <li data-line className={`${styles.line} ${isCurrent ? styles.current : ''}`}>
      <button
        ref={row}
        type="button"
        data-problem
        tabIndex={isTabStop ? 0 : -1}
        aria-current={isCurrent ? 'true' : undefined}
        className={styles.problem}
        onClick={() => goToProblem(problem)}
      >
        <Icon name={ICONS[severity]} className={styles[severity]} />
        <span className="visually-hidden">{t(`problems.severity.${severity}`)}</span>
        <span className={styles.message} title={message}>
          {message}
        </span>
        <code className={styles.code}>{code}</code>
      </button>
      {fixes.map((fix) => (
        <Button
          key={fix.title}
          size="small"
          icon="lightbulb"
          className={styles.fix}
          tabIndex={-1}
          onClick={() => void apply(fix)}
        >
          {fix.title}
        </Button>
      ))}
    </li>
  );
}
