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
  /**
   * `group`: the control is a group of its own (radio buttons, a picture), named by `aria-labelledby`. `beside`: the
   * caption stands in one line with the control and is touched with it.
   */
  readonly layout?: 'above' | 'group' | 'beside';
  readonly pending?: boolean;
  readonly children: ReactNode;
}

/** Label, control, what is wrong below. */
export function Field({
  id,
  label,
  required = false,
  error = null,
  className,
  layout = 'above',
  pending = false,
  children,
}: FieldProps) {
  const { words, say } = useApp();
  const text = words(label);
  const caption = (
    <>
      {text}
      {required && <span aria-hidden="true"> *</span>}
      {pending && <CloudUpload className="field-pending" size={13} role="img" aria-label={say('pending')} />}
    </>
  );
  return (
    <div className={classes('field', error !== null && 'field-wrong', className)}>
      {layout === 'beside' ? (
        <label className="check" htmlFor={id}>
          <span>{caption}</span>
          {children}
        </label>
      ) : (
        <>
          {text && <Caption id={id} group={layout === 'group'} text={caption} />}
          {children}
        </>
      )}
      {error && (
        <p className="field-error" id={errorId(id)} role="alert">
          {error}
        </p>
      )}
    </div>
  );
}

function Caption({ id, group, text }: { readonly id: string; readonly group: boolean; readonly text: ReactNode }) {
  if (group) {
    return (
      <span className="field-label" id={captionId(id)}>
        {text}
      </span>
    );
  }
  return (
    <label className="field-label" htmlFor={id}>
      {text}
    </label>
  );
}

const errorId = (id: string) => `${id}-error`;
const captionId = (id: string) => `${id}-label`;

/** A member or association on its way through an input. */
export interface Editable {
  readonly writable: boolean;
  readonly required: boolean;
  readonly error: string | null;
  /** Committed here, not yet confirmed by the service. */
  readonly pending: boolean;
}

/** What makes an element the control of its field. */
export interface ControlProps {
  readonly id: string;
  readonly 'aria-required': boolean;
  readonly 'aria-invalid': boolean;
  readonly 'aria-describedby': string | undefined;
  /** For groups, which no `for` of a label reaches. */
  readonly 'aria-labelledby'?: string;
}

interface InputFieldProps {
  readonly id: string;
  readonly widget: { readonly label?: Text | undefined; readonly class?: string | undefined };
  readonly field: Editable;
  /** Where it is another than the member's own. */
  readonly error?: string | null;
  readonly layout?: FieldProps['layout'];
  /** What stands there when it may not be written; without it the control shows it. */
  readonly shown?: string;
  children(control: ControlProps): ReactNode;
}

/** The field of one input: its label, its control or the value that may only be read, and what is wrong. */
export function InputField({ id, widget, field, layout, shown, children, error = field.error }: InputFieldProps) {
  const isControl = field.writable || shown === undefined;
  return (
    <Field
      id={id}
      label={widget.label}
      className={widget.class}
      required={field.required && field.writable}
      pending={field.pending}
      error={error}
      // The label of a value that may only be read names nothing that could be focused.
      layout={isControl ? (layout ?? 'above') : 'group'}
    >
      {isControl ? (
        children({
          id,
          'aria-required': field.required,
          'aria-invalid': error !== null,
          'aria-describedby': error === null ? undefined : errorId(id),
          ...(layout === 'group' ? { 'aria-labelledby': captionId(id) } : {}),
        })
      ) : (
        <p className="field-value">{shown || '–'}</p>
      )}
    </Field>
  );
}
