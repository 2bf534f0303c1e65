import type { Diagnostic, Fix } from '@skerry/shared/base/diagnostic';
import type { CommandArguments, CommandName } from '@skerry/studio/bridge/commands/index';
import { Button } from '../../design/button.tsx';
import { Icon } from '../../design/icon.tsx';
import { useRun } from '../../model/use-run.ts';
import { goToProblem } from '../../panels/problems-view-store.ts';
import { useWords } from '../../words/index.ts';
import styles from './sync-table.module.css';

const ICONS = { error: 'error', warning: 'warning', information: 'info' } as const;

/** What is wrong with an entity's setting, with what mends it. */
export function EntityProblems({ problems }: { readonly problems: readonly Diagnostic[] }) {
  const t = useWords('profile');
  const run = useRun();
  // The host judges the name and the arguments, as for every command.
  const apply = (fix: Fix) => run(fix.command as CommandName, fix.arguments as CommandArguments<CommandName>);
  const said = [...new Map(problems.map((problem) => [`${problem.code} ${problem.message}`, problem])).values()];
  return (
    <ul className={styles.problems}>
      {said.map((problem) => (
        <li key={`${problem.code} ${problem.message}`}>
          <Icon name={ICONS[problem.severity]} className={styles[problem.severity]} />
          <button type="button" title={t('goTo')} className={styles.message} onClick={() => goToProblem(problem)}>
            {problem.message}
          </button>
          <span className={styles.fixes}>
            {problem.fixes?.map((fix) => (
              <Button key={fix.title} size="small" icon="lightbulb" onClick={() => void apply(fix)}>
                {fix.title}
              </Button>
            ))}
          </span>
        </li>
      ))}
    </ul>
  );
}
