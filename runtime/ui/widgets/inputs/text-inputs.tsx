import type { Action } from '@skerry/shared/metamodel/action';
import type { AttributeType } from '@skerry/shared/metamodel/entity';
import { type ChangeEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useApp, usePage } from '../../app-context.ts';
import { readTyped, shownText } from '../../data/input-text.ts';
import { useAction } from '../use-action.ts';
import type { WidgetProps } from '../widget-view.tsx';
import { InputField } from './field.tsx';
import { useDisplay } from './use-display.ts';
import { type MemberField, useMember } from './use-member.ts';

interface Hooks {
  readonly onChange: Action;
  readonly onEnter: Action;
  readonly onLeave: Action;
}

/** Typed text, kept as typed while it does not parse, and the actions that hang on an input. */
function useTyping(id: string, field: MemberField, hooks: Hooks) {
  const { say, language } = useApp();
  const page = usePage();
  const [typed, setTyped] = useState<string | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const onChange = useAction(hooks.onChange);
  const onEnter = useAction(hooks.onEnter);
  const onLeave = useAction(hooks.onLeave);
  const hasChanged = useRef(false);

  useEffect(() => {
    if (wrong) page.unreadable.set(id, { message: wrong, focus: () => document.getElementById(id)?.focus() });
    return () => void page.unreadable.delete(id);
  }, [page, id, wrong]);

  const type: AttributeType = field.attribute?.type ?? { kind: 'String', length: null };
  return {
    error: wrong ?? field.error,
    props: {
      value: typed ?? shownText(field.cell, language, type),
      maxLength: type.kind === 'String' && type.length ? type.length : undefined,
      onChange(event: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) {
        const text = event.target.value;
        setTyped(text);
        hasChanged.current = true;
        const read = readTyped(text, type);
        setWrong(read.ok ? null : say(read.word));
        if (read.ok) field.set(read.cell);
      },
      onFocus: () => onEnter.run(),
      onBlur() {
        // What parses is shown as it is kept; what does not stays for the user to mend.
        if (!wrong) setTyped(null);
        const changed = hasChanged.current && !wrong;
        hasChanged.current = false;
        void field.flush().then(() => {
          if (changed) onChange.run();
          onLeave.run();
        });
      },
      onKeyDown(event: KeyboardEvent) {
        if (event.key === 'Enter') void field.flush();
      },
    },
  };
}

export function TextBoxWidget({ widget, editable }: WidgetProps<'textBox'>) {
  return <LineInput widget={widget} editable={editable} inputMode="text" placeholder={widget.placeholder} />;
}

export function NumberInputWidget({ widget, editable }: WidgetProps<'numberInput'>) {
  return <LineInput widget={widget} editable={editable} inputMode="decimal" unit={widget.unit} />;
}

interface LineProps {
  readonly widget: WidgetProps<'textBox' | 'numberInput' | 'barcode'>['widget'];
  readonly editable: boolean;
  readonly inputMode: 'text' | 'decimal';
  readonly placeholder?: { readonly [language: string]: string } | undefined;
  readonly unit?: { readonly [language: string]: string } | undefined;
}

export function LineInput({ widget, editable, inputMode, placeholder, unit }: LineProps) {
  const id = useId();
  const { words } = useApp();
  const field = useMember(widget.attribute, editable);
  const typing = useTyping(id, field, widget);
  const display = useDisplay(field);
  const suffix = words(unit);
  return (
    <InputField
      id={id}
      widget={widget}
      field={field}
      error={typing.error}
      shown={display && suffix ? `${display} ${suffix}` : display}
    >
      {(control) => (
        <div className="line">
          <input
            {...control}
            className="input"
            type="text"
            inputMode={inputMode}
            placeholder={words(placeholder)}
            {...typing.props}
          />
          {suffix && <span className="unit">{suffix}</span>}
        </div>
      )}
    </InputField>
  );
}

export function TextAreaWidget({ widget, editable }: WidgetProps<'textArea'>) {
  const id = useId();
  const { words } = useApp();
  const field = useMember(widget.attribute, editable);
  const typing = useTyping(id, field, widget);
  const display = useDisplay(field);
  return (
    <InputField id={id} widget={widget} field={field} error={typing.error} shown={display}>
      {(control) => (
        <textarea
          {...control}
          className="input"
          rows={widget.rows}
          placeholder={words(widget.placeholder)}
          {...typing.props}
        />
      )}
    </InputField>
  );
}
