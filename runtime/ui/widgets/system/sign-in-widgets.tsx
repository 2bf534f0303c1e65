import type { Text } from '@skerry/shared/metamodel/schema';
import { Eye, EyeOff } from 'lucide-react';
import { useId, useState } from 'react';
import { useApp, usePage } from '../../app-context.ts';
import { Field } from '../inputs/field.tsx';
import type { WidgetProps } from '../widget-view.tsx';

interface SignInFieldProps {
  readonly label?: Text | undefined;
  readonly className?: string | undefined;
}

export function LoginNameWidget({ widget }: WidgetProps<'loginName'>) {
  return <LoginNameField label={widget.label} className={widget.class} />;
}

export function PasswordWidget({ widget }: WidgetProps<'password'>) {
  return <PasswordField label={widget.label} className={widget.class} />;
}

export function LoginNameField({ label, className }: SignInFieldProps) {
  const id = useId();
  const { say } = useApp();
  const page = usePage();
  const [name, setName] = useState(page.signIn.name);
  return (
    <Field id={id} label={label ?? { en: say('name') }} className={className}>
      <input
        id={id}
        className="input"
        type="text"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        value={name}
        onChange={(event) => {
          setName(event.target.value);
          page.signIn.name = event.target.value;
        }}
      />
    </Field>
  );
}

export function PasswordField({ label, className }: SignInFieldProps) {
  const id = useId();
  const { device, say, shell } = useApp();
  const page = usePage();
  const [password, setPassword] = useState('');
  const [shown, setShown] = useState(false);
  return (
    <Field id={id} label={label ?? { en: say('password') }} className={className}>
      <div className="line">
        <input
          id={id}
          className="input"
          type={shown ? 'text' : 'password'}
          autoComplete="current-password"
          value={password}
          onChange={(event) => {
            setPassword(event.target.value);
            page.signIn.password = event.target.value;
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            void device.signIn(page.signIn.name, page.signIn.password).then((outcome) => {
              if (!outcome.ok) shell.toast('error', outcome.error.message);
            });
          }}
        />
        <button
          type="button"
          className="icon-button"
          aria-pressed={shown}
          aria-label={say('showPassword')}
          onClick={() => setShown(!shown)}
        >
          {shown ? <EyeOff size={18} aria-hidden /> : <Eye size={18} aria-hidden />}
        </button>
      </div>
    </Field>
  );
}
