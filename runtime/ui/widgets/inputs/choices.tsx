import type { Cell } from '@skerry/shared/base/cell';
import { Check } from 'lucide-react';
import { useId } from 'react';
import { useApp } from '../../app-context.ts';
import { useAction } from '../use-action.ts';
import type { WidgetProps } from '../widget-view.tsx';
import { InputField } from './field.tsx';
import { useDisplay } from './use-display.ts';
import { type MemberField, useMember } from './use-member.ts';

export function CheckBoxWidget({ widget, editable }: WidgetProps<'checkBox'>) {
  const id = useId();
  const field = useMember(widget.attribute, editable);
  const { run } = useAction(widget.onChange);
  return (
    <InputField id={id} widget={widget} field={field} layout="beside">
      {({ 'aria-required': _, ...control }) => (
        <input
          {...control}
          type="checkbox"
          role="switch"
          aria-checked={field.cell === true}
          checked={field.cell === true}
          disabled={!field.writable}
          onChange={(event) => {
            field.set(event.target.checked);
            void field.flush().then(run);
          }}
        />
      )}
    </InputField>
  );
}

interface Choice {
  readonly cell: Cell;
  readonly caption: string;
}

/** Values to choose from: an enumeration's, or yes and no. */
function useChoices(field: MemberField): readonly Choice[] {
  const { content, words, say } = useApp();
  const type = field.attribute?.type;
  if (type?.kind === 'Boolean')
    return [
      { cell: true, caption: say('yes') },
      { cell: false, caption: say('no') },
    ];
  if (type?.kind !== 'Enumeration') return [];
  const values = content.model.find('enumeration', type.enumeration)?.content.values ?? [];
  return values.map((value) => ({ cell: value.id, caption: words(value.caption) || value.name }));
}

export function RadioButtonsWidget({ widget, editable }: WidgetProps<'radioButtons'>) {
  const id = useId();
  const field = useMember(widget.attribute, editable);
  const choices = useChoices(field);
  const display = useDisplay(field);
  const { run } = useAction(widget.onChange);
  return (
    <InputField id={id} widget={widget} field={field} layout="group" shown={display}>
      {(control) => (
        <div {...control} className="choices" role="radiogroup">
          {choices.map((choice) => (
            <label key={String(choice.cell)} className="choice">
              <input
                type="radio"
                name={id}
                checked={field.cell === choice.cell}
                onChange={() => {
                  field.set(choice.cell);
                  void field.flush().then(run);
                }}
              />
              <span>
                <Check size={16} aria-hidden />
                {choice.caption}
              </span>
            </label>
          ))}
        </div>
      )}
    </InputField>
  );
}

export function DropDownWidget({ widget, editable }: WidgetProps<'dropDown'>) {
  const id = useId();
  const { say } = useApp();
  const field = useMember(widget.attribute, editable);
  const choices = useChoices(field);
  const display = useDisplay(field);
  const { run } = useAction(widget.onChange);
  return (
    <InputField id={id} widget={widget} field={field} shown={display}>
      {(control) => (
        <select
          {...control}
          className="input"
          value={field.cell === null ? '' : String(field.cell)}
          onChange={(event) => {
            field.set(choices.find((choice) => String(choice.cell) === event.target.value)?.cell ?? null);
            void field.flush().then(run);
          }}
        >
          <option value="">{say('choose')}…</option>
          {choices.map((choice) => (
            <option key={String(choice.cell)} value={String(choice.cell)}>
              {choice.caption}
            </option>
          ))}
        </select>
      )}
    </InputField>
  );
}
