import { LocateFixed } from 'lucide-react';
import { useId, useState, useSyncExternalStore } from 'react';
import { feedbackKey, useApp, usePage, useScope } from '../../app-context.ts';
import { isObject } from '../../data/use-source.ts';
import type { WidgetProps } from '../widget-view.tsx';
import { Field } from './field.tsx';
import { LineInput } from './text-inputs.tsx';
import { useDisplay } from './use-display.ts';
import { useMember } from './use-member.ts';

export function BarcodeWidget({ widget, editable }: WidgetProps<'barcode'>) {
  return <LineInput widget={widget} editable={editable} inputMode="text" />;
}

/** What is wrong with a member, or with the context object as a whole. */
export function ValidationMessageWidget({ widget }: WidgetProps<'validationMessage'>) {
  const page = usePage();
  const context = useScope().variables.get('currentObject');
  const feedback = useSyncExternalStore(page.subscribe, page.feedback);
  if (!isObject(context)) return null;
  const messages = widget.attribute
    ? [feedback.get(feedbackKey(context.id, widget.attribute))]
    : [...feedback].filter(([key]) => key.startsWith(context.id)).map(([, message]) => message);
  const text = messages.filter(Boolean).join(' ');
  return text ? (
    <p className="field-error" role="alert">
      {text}
    </p>
  ) : null;
}

const POSITION_TIMEOUT_MS = 15_000;

/** Reads the device's position into two decimals. */
export function LocationWidget({ widget, editable }: WidgetProps<'location'>) {
  const id = useId();
  const { say, shell } = useApp();
  const latitude = useMember(widget.latitude, editable);
  const longitude = useMember(widget.longitude, editable);
  const shown = [useDisplay(latitude), useDisplay(longitude)].filter(Boolean).join(', ');
  const [busy, setBusy] = useState(false);

  function locate() {
    setBusy(true);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        latitude.set(String(Math.round(coords.latitude * 1e6) / 1e6));
        longitude.set(String(Math.round(coords.longitude * 1e6) / 1e6));
        setBusy(false);
      },
      () => {
        shell.toast('warning', say('noPosition'));
        setBusy(false);
      },
      { enableHighAccuracy: true, timeout: POSITION_TIMEOUT_MS },
    );
  }

  return (
    <Field
      id={id}
      label={widget.label}
      layout="group"
      error={latitude.error ?? longitude.error}
      className={widget.class}
    >
      <div className="line">
        <p className="field-value">{shown || '–'}</p>
        {latitude.writable && 'geolocation' in navigator && (
          <button type="button" className="button button-secondary" aria-busy={busy} onClick={locate}>
            <LocateFixed size={18} aria-hidden />
            <span>{busy ? say('locating') : say('locate')}</span>
          </button>
        )}
      </div>
    </Field>
  );
}
