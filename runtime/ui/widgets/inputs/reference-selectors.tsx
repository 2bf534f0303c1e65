import type { ObjectId } from '@skerry/shared/base/ids';
import type { ObjectValue } from '@skerry/shared/expression/value';
import { Check, ChevronsUpDown, Search } from 'lucide-react';
import { useId, useMemo, useState, useSyncExternalStore } from 'react';
import type { ObjectSnapshot } from '../../../engine/device-face.ts';
import { feedbackKey, useApp, useCached, usePage, useScope } from '../../app-context.ts';
import { attributeAt, readPath } from '../../data/evaluation.ts';
import { formatForPeople } from '../../data/format.ts';
import { objectValue } from '../../data/plain-value.ts';
import { isObject, useSource } from '../../data/use-source.ts';
import { Sheet } from '../../shell/sheet.tsx';
import { useAction } from '../use-action.ts';
import type { WidgetProps } from '../widget-view.tsx';
import { InputField } from './field.tsx';

type Selector = WidgetProps<'referenceSelector'> | WidgetProps<'referenceSetSelector'>;

/** What the association holds now, and how to set it. */
function useReference({ widget, editable }: Selector) {
  const { cache, device, shell } = useApp();
  const page = usePage();
  const context = useScope().variables.get('currentObject');
  const object = isObject(context) ? context : null;
  const loaded = useCached(() => (object ? (cache.get(object.id) ?? null) : null));
  const snapshot: ObjectSnapshot | null = loaded.ready ? loaded.value : null;
  const onChange = useAction(widget.onChange);
  const feedback = useSyncExternalStore(page.subscribe, page.feedback);
  const single = snapshot?.values[widget.association];
  const chosen: readonly ObjectId[] =
    widget.kind === 'referenceSetSelector'
      ? (snapshot?.sets[widget.association] ?? [])
      : typeof single === 'string'
        ? [single as ObjectId]
        : [];
  return {
    chosen,
    pending: snapshot?.isPending ?? false,
    required: false,
    writable: editable && (snapshot?.writable.includes(widget.association) ?? false),
    error: snapshot ? (feedback.get(feedbackKey(snapshot.id, widget.association)) ?? null) : null,
    async set(ids: readonly ObjectId[]) {
      if (!snapshot) return;
      page.clearFeedback(snapshot.id, widget.association);
      const value = widget.kind === 'referenceSetSelector' ? ids : (ids[0] ?? null);
      const outcome = await device.change(snapshot.id, { [widget.association]: value });
      if (!outcome.ok) return shell.toast('error', outcome.error.message);
      page.noteEdit(snapshot, widget.association);
      cache.put([outcome.value]);
      onChange.run();
    },
  };
}

function useCaptions(ids: readonly ObjectId[], path: string): string {
  const app = useApp();
  const text = useCached(() =>
    ids
      .map((id) => {
        const snapshot = app.cache.get(id);
        return snapshot ? captionOf(objectValue(snapshot.entity, id), path, app) : '';
      })
      .filter((caption) => caption !== '')
      .join(', '),
  );
  return text.ready ? text.value : '';
}

function captionOf(object: ObjectValue, path: string, app: ReturnType<typeof useApp>): string {
  return formatForPeople(readPath(object, path, app), app, attributeAt(app.content, object.entity, path)?.type);
}

export function ReferenceSelectorWidget(props: Selector) {
  const { widget } = props;
  const id = useId();
  const { say, words } = useApp();
  const [open, setOpen] = useState(false);
  const reference = useReference(props);
  const caption = useCaptions(reference.chosen, widget.caption);
  return (
    <>
      <InputField id={id} widget={widget} field={reference} shown={caption}>
        {(control) => (
          <button
            id={control.id}
            type="button"
            className="input picker"
            aria-haspopup="dialog"
            aria-describedby={control['aria-describedby']}
            aria-label={`${words(widget.label)}: ${caption || say('choose')}`}
            onClick={() => setOpen(true)}
          >
            <span className={caption ? '' : 'picker-empty'}>{caption || `${say('choose')}…`}</span>
            <ChevronsUpDown size={16} aria-hidden />
          </button>
        )}
      </InputField>
      {open && (
        <PickerSheet
          widget={widget}
          chosen={reference.chosen}
          onClose={() => setOpen(false)}
          onChoose={(ids) => {
            void reference.set(ids);
            if (widget.kind === 'referenceSelector') setOpen(false);
          }}
        />
      )}
    </>
  );
}

interface PickerProps {
  readonly widget: Selector['widget'];
  readonly chosen: readonly ObjectId[];
  onClose(): void;
  onChoose(ids: readonly ObjectId[]): void;
}

const SHOWN = 50;

function PickerSheet({ widget, chosen, onClose, onChoose }: PickerProps) {
  const app = useApp();
  const { say, words } = app;
  const [text, setText] = useState('');
  const options = useMemo(
    () => ({ limit: SHOWN, search: { text, members: [widget.caption] } }),
    [text, widget.caption],
  );
  const found = useSource(widget.selectable, options);
  const many = widget.kind === 'referenceSetSelector';

  function choose(id: ObjectId) {
    if (!many) onChoose([id]);
    else onChoose(chosen.includes(id) ? chosen.filter((other) => other !== id) : [...chosen, id]);
  }

  return (
    <Sheet title={words(widget.label) || say('choose')} onClose={onClose}>
      <div className="search">
        <Search size={18} aria-hidden />
        <input
          type="search"
          value={text}
          placeholder={say('search')}
          aria-label={say('search')}
          onChange={(event) => setText(event.target.value)}
        />
      </div>
      <ul className="picker-list">
        {!many && chosen.length > 0 && (
          <li>
            <button type="button" className="picker-option picker-empty" onClick={() => onChoose([])}>
              {say('none')}
            </button>
          </li>
        )}
        {found.objects.map((object) => (
          <li key={object.id}>
            <button
              type="button"
              className="picker-option"
              aria-pressed={chosen.includes(object.id)}
              onClick={() => choose(object.id)}
            >
              <OptionCaption object={object} path={widget.caption} />
              {chosen.includes(object.id) && <Check size={18} aria-hidden />}
            </button>
          </li>
        ))}
      </ul>
      {found.state === 'ready' && found.objects.length === 0 && (
        <p className="empty-note">{text ? say('nothingFound', text) : say('nothingHere')}</p>
      )}
      {many && (
        <button type="button" className="button button-primary" onClick={onClose}>
          {say('ok')}
        </button>
      )}
    </Sheet>
  );
}

function OptionCaption({ object, path }: { readonly object: ObjectValue; readonly path: string }) {
  const app = useApp();
  const text = useCached(() => captionOf(object, path, app));
  return <span>{text.ready ? text.value : '…'}</span>;
}
