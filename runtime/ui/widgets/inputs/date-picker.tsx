import { useId, useState } from 'react';
import { useApp } from '../../app-context.ts';
import { momentFrom, momentText } from '../../data/input-text.ts';
import { useAction } from '../use-action.ts';
import type { WidgetProps } from '../widget-view.tsx';
import { InputField } from './field.tsx';
import { useDisplay } from './use-display.ts';
import { useMember } from './use-member.ts';

const INPUT_TYPES = { date: 'date', time: 'time', dateTime: 'datetime-local' } as const;

export function DatePickerWidget({ widget, editable }: WidgetProps<'datePicker'>) {
  const id = useId();
  const { session } = useApp();
  const field = useMember(widget.attribute, editable);
  const display = useDisplay(field, widget.mode);
  const [typed, setTyped] = useState<string | null>(null);
  const { run } = useAction(widget.onChange);
  const type = field.attribute?.type;
  const zone = type?.kind === 'DateTime' && !type.localize ? 'UTC' : session.zone;
  const ms = typeof field.cell === 'number' ? field.cell : null;
  return (
    <InputField id={id} widget={widget} field={field} shown={display}>
      {(control) => (
        <input
          {...control}
          className="input"
          type={INPUT_TYPES[widget.mode]}
          // A year passes through 0002 and 0020 while it is typed; what is kept must not take its place meanwhile.
          value={typed ?? momentText(ms, widget.mode, zone)}
          onChange={(event) => {
            setTyped(event.target.value);
            field.set(momentFrom(event.target.value, widget.mode, zone, ms, session.now));
          }}
          onBlur={() => {
            const changed = typed !== null;
            setTyped(null);
            void field.flush().then(() => changed && run());
          }}
        />
      )}
    </InputField>
  );
}
