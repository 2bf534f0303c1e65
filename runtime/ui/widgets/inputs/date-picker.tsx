import { useId } from 'react';
import { useApp } from '../../app-context.ts';
import { momentFrom, momentText } from '../../data/input-text.ts';
import { useAction } from '../use-action.ts';
import type { WidgetProps } from '../widget-view.tsx';
import { Field, ReadOnlyValue } from './field.tsx';
import { useDisplay } from './use-display.ts';
import { useMember } from './use-member.ts';

const INPUT_TYPES = { date: 'date', time: 'time', dateTime: 'datetime-local' } as const;

export function DatePickerWidget({ widget, editable }: WidgetProps<'datePicker'>) {
  const id = useId();
  const { session } = useApp();
  const field = useMember(widget.attribute, editable);
  const display = useDisplay(field);
  const { run } = useAction(widget.onChange);
  const type = field.attribute?.type;
  const zone = type?.kind === 'DateTime' && !type.localize ? 'UTC' : session.zone;
  const ms = typeof field.cell === 'number' ? field.cell : null;
  return (
    <Field
      id={id}
      label={widget.label}
      required={field.required && field.writable}
      error={field.error}
      className={widget.class}
      pending={field.snapshot?.isPending ?? false}
    >
      {field.writable ? (
        <input
          id={id}
          className="input"
          type={INPUT_TYPES[widget.mode]}
          value={momentText(ms, widget.mode, zone)}
          aria-invalid={field.error !== null}
          aria-describedby={field.error ? `${id}-error` : undefined}
          onChange={(event) => field.set(momentFrom(event.target.value, widget.mode, zone, ms, session.now))}
          onBlur={() => void field.flush().then(run)}
        />
      ) : (
        <ReadOnlyValue text={display} />
      )}
    </Field>
  );
}
