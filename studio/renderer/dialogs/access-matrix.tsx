import type { AccessRule } from '@skerry/shared/metamodel/entity';
import { type KeyboardEvent, useRef, useState } from 'react';
import { Icon } from '../design/icon.tsx';
import type { Candidate } from '../properties/candidates.ts';
import { RIGHT_ICONS, RIGHTS } from '../properties/fields/right-switch.tsx';
import { useForm } from '../properties/form-context.tsx';
import { useWords } from '../words/index.ts';
import styles from './access-matrix.module.css';

export interface AccessMatrixProps {
  readonly rules: readonly { readonly rule: AccessRule; readonly index: number }[];
  readonly members: readonly Candidate[];
  /** Id of the rule whose details show. */
  readonly chosen: string | undefined;
  readonly onChoose: (rule: string) => void;
}

interface Row {
  readonly id: string;
  readonly label: string;
  readonly icon: string;
  readonly kind: 'flag' | 'default' | 'member';
}

const KEYS: { readonly [key: string]: string } = { n: 'none', r: 'read', w: 'readWrite' };

/** Rules beside each other. Space goes on to the next right; N, R and W name one; Delete gives it back to the default. */
export function AccessMatrix({ rules, members, chosen, onChoose }: AccessMatrixProps) {
  const t = useWords('dialogs');
  const form = useForm();
  const table = useRef<HTMLTableElement>(null);
  const [focused, setFocused] = useState({ row: 0, column: 0 });
  const rows: readonly Row[] = [
    { id: 'create', label: t('access.mayCreate'), icon: 'add', kind: 'flag' },
    { id: 'delete', label: t('access.mayDelete'), icon: 'trash', kind: 'flag' },
    { id: 'defaultMemberRights', label: t('access.others'), icon: 'ellipsis', kind: 'default' },
    ...members.map(({ value, icon }) => ({ id: value, label: value, icon, kind: 'member' as const })),
  ];
  const set = (row: Row, { rule, index }: AccessMatrixProps['rules'][number], key: string | undefined) => {
    if (form.isReadOnly) return;
    const path = ['accessRules', index];
    if (row.kind === 'flag') {
      if (key === undefined) form.write([...path, row.id], !rule[row.id as 'create' | 'delete']);
      return;
    }
    const now = rightOf(rule, row);
    const next = key ?? RIGHTS[(RIGHTS.indexOf(now as 'none') + 1) % RIGHTS.length];
    if (row.kind === 'default') form.write([...path, row.id], next === 'default' ? undefined : next);
    else form.write([...path, 'members', row.id], next === 'default' ? undefined : next);
  };
  const move = (event: KeyboardEvent, row: number, column: number) => {
    const steps: { readonly [key: string]: readonly [number, number] } = {
      ArrowUp: [-1, 0],
      ArrowDown: [1, 0],
      ArrowLeft: [0, -1],
      ArrowRight: [0, 1],
    };
    const step = steps[event.key];
    const rule = rules[column];
    const at = rows[row];
    if (step) {
      event.preventDefault();
      const to = {
        row: Math.max(0, Math.min(rows.length - 1, row + step[0])),
        column: Math.max(0, Math.min(rules.length - 1, column + step[1])),
      };
      setFocused(to);
      table.current?.querySelector<HTMLElement>(`[data-cell="${to.row}-${to.column}"]`)?.focus();
    } else if (rule && at && at.kind !== 'flag') {
      const key = event.key === 'Delete' || event.key === 'Backspace' ? 'default' : KEYS[event.key.toLowerCase()];
      if (key && !event.ctrlKey && !event.metaKey) {
        event.preventDefault();
        set(at, rule, key);
      }
    }
  };
  return (
    <div className={styles.around}>
      <table ref={table} className={styles.matrix} aria-label={t('access.matrix')}>
        <thead>
          <tr>
            <th scope="col">{t('access.right')}</th>
            {rules.map(({ rule }, column) => (
              <th key={rule.id} scope="col" data-chosen={rule.id === chosen || undefined}>
                <button type="button" title={rule.documentation ?? ''} onClick={() => onChoose(rule.id)}>
                  <span className={styles.roles}>{rule.moduleRoles.join(', ') || t('access.nobody')}</span>
                  <span className={styles.where}>
                    {rule.constraint.trim() !== '' && <Icon name="filter" />}
                    {t('access.number', { number: column + 1 })}
                  </span>
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, y) => (
            <tr key={`${row.kind} ${row.id}`} data-kind={row.kind}>
              <th scope="row">
                <span>
                  <Icon name={row.icon} /> {row.label}
                </span>
              </th>
              {rules.map((entry, x) => {
                const { rule } = entry;
                const isFlag = row.kind === 'flag';
                const right = isFlag ? (rule[row.id as 'create' | 'delete'] ? 'yes' : 'no') : rightOf(rule, row);
                const isDefault = row.kind === 'member' && rule.members[row.id] === undefined;
                return (
                  <td key={rule.id} data-chosen={rule.id === chosen || undefined}>
                    <button
                      type="button"
                      data-cell={`${y}-${x}`}
                      data-right={right}
                      data-default={isDefault || undefined}
                      tabIndex={focused.row === y && focused.column === x ? 0 : -1}
                      aria-label={t('access.cell', {
                        role: rule.moduleRoles.join(', '),
                        number: x + 1,
                        member: row.label,
                        right: t(`access.rights.${right}`),
                      })}
                      title={t(`access.rights.${right}`)}
                      disabled={form.isReadOnly}
                      onFocus={() => {
                        setFocused({ row: y, column: x });
                        onChoose(rule.id);
                      }}
                      onKeyDown={(event) => move(event, y, x)}
                      onClick={() => set(row, entry, undefined)}
                    >
                      <Icon name={isFlag ? (right === 'yes' ? 'check' : 'dash') : (RIGHT_ICONS[right] ?? 'circle')} />
                    </button>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function rightOf(rule: AccessRule, row: Row): string {
  return row.kind === 'default' ? rule.defaultMemberRights : (rule.members[row.id] ?? rule.defaultMemberRights);
}
