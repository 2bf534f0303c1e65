import type { Text } from '@skerry/shared/metamodel/schema';
import { CloudUpload } from 'lucide-react';
import type { ReactNode } from 'react';
import { useApp } from '../../app-context.ts';
import { classes } from '../widget-view.tsx';

interface FieldProps {
  readonly id: string;
  readonly label: Text | undefined;
  readonly required?: boolean;
  readonly error?: string | null;
  readonly className?: string | undefined;
  /** The control is a group of its own (radio buttons, a picture): the label names it by `aria-labelledby`. */
  readonly group?: boolean;
  readonly pending?: boolean;
  readonly children: ReactNode;
}

/** Label above, control, what is wrong below. */
export function Field({
  id,
  label,
  required = false,
  error = null,
  className,
  group = false,
  pending = false,
  children,
}: FieldProps) {
  const { words, say } = useApp();
  const text = words(label);
  const caption = (
    <>
      {text}
      {required && <span aria-hidden="true"> *</span>}
      {pending && <CloudUpload className="field-pending" size={13} aria-label={say('pending')} />}
    </>
  );
  return (
    <div className={classes('field', error !== null && 'field-wrong', className)}>
      {text &&
        (group ? (
          <span className="field-label" id={`${id}-label`}>
            {caption}
          </span>
        ) : (
          <label className="field-label" htmlFor={id}>
            {caption}
          </label>
        ))}
      {children}
      {error && (
        <p className="field-error" id={`${id}-error`} role="alert">
          {error}
        </p>
      )}
    </div>
  );
}

/** A value that may be read but not written. */
export function ReadOnlyValue({ text }: { readonly text: string }) {
  return <p className="field-value">{text || '–'}</p>;
}
