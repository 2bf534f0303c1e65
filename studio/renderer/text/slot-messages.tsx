import type { Diagnostic, Fix } from '@skerry/shared/base/diagnostic';
import type { CommandName } from '@skerry/studio/bridge/commands/index';
import { Button } from '../design/button.tsx';
import { Icon } from '../design/icon.tsx';
import { useRun } from '../model/use-run.ts';
import styles from './code.module.css';

const ICONS = { error: 'error', warning: 'warning', information: 'info' } as const;

/** What is wrong with a field, in words beneath it, with its quick fixes. */
export function SlotMessages({ id, problems }: { readonly id?: string; readonly problems: readonly Diagnostic[] }) {
  const run = useRun();
  // The same words twice say nothing more.
  const said = [...new Map(problems.map((problem) => [`${problem.code} ${problem.message}`, problem])).values()];
  const apply = (fix: Fix) => run(fix.command as CommandName, fix.arguments as never);
  return (
    <div id={id}>
      {said.map((problem) => (
        <div key={`${problem.code} ${problem.message}`} className={styles.message} data-severity={problem.severity}>
          <Icon name={ICONS[problem.severity]} />
          <span>
            {problem.message}
            {problem.fixes?.map((fix) => (
              <Button key={fix.title} size="small" icon="lightbulb" onClick={() => void apply(fix)}>
                {fix.title}
              </Button>
            ))}
          </span>
        </div>
      ))}
    </div>
  );
}
