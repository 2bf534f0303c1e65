import { Icon } from '../../design/icon.tsx';
import { IconButton } from '../../design/icon-button.tsx';
import { Menu } from '../../design/menu.tsx';
import { useWords } from '../../words/index.ts';
import styles from './domain-model-editor.module.css';
import type { ScopeChoice } from './use-scope-overlay.ts';

export interface ScopeToolsProps {
  readonly profiles: readonly string[];
  readonly roles: readonly string[];
  /** The role that the host chose when none was. */
  readonly shownRole: string | undefined;
  readonly choice: ScopeChoice | undefined;
  readonly onChoose: (choice: ScopeChoice | undefined) => void;
}

/** Switches the overlay and says for whom it is. */
export function ScopeTools({ profiles, roles, shownRole, choice, onChoose }: ScopeToolsProps) {
  const t = useWords('domain');
  const [first] = profiles;
  if (first === undefined) return null;
  const trigger = (label: string, value: string) => (
    <button type="button" className={styles.choice} aria-label={`${label}: ${value}`}>
      {value}
      <Icon name="chevron-down" />
    </button>
  );
  return (
    <>
      <IconButton
        icon="target"
        label={t('scope')}
        isPressed={choice !== undefined}
        onClick={() => onChoose(choice ? undefined : { profile: first, role: undefined })}
      />
      {choice && (
        <>
          <Menu
            trigger={trigger(t('profile'), choice.profile)}
            items={profiles.map((profile) => ({
              id: profile,
              title: profile,
              isChecked: profile === choice.profile,
              run: () => onChoose({ ...choice, profile }),
            }))}
          />
          <Menu
            trigger={trigger(t('role'), choice.role ?? shownRole ?? '…')}
            items={roles.map((role) => ({
              id: role,
              title: role,
              isChecked: role === (choice.role ?? shownRole),
              run: () => onChoose({ ...choice, role }),
            }))}
          />
        </>
      )}
    </>
  );
}
