import { useApp } from '../app-context.ts';
import { Icon } from './icon.tsx';
import { useAction } from './use-action.ts';
import { classes, styleOf, type WidgetProps } from './widget-view.tsx';

export function ButtonWidget({ widget, editable }: WidgetProps<'button'>) {
  const { words } = useApp();
  const { busy, run } = useAction(widget.action);
  const caption = words(widget.caption);
  // Reading is no reason to refuse a button; only its own `editable` is.
  const disabled = widget.editable !== undefined && !editable;
  return (
    <button
      type="button"
      className={classes('button', `button-${widget.variant}`, widget.class)}
      style={styleOf(widget.style)}
      disabled={disabled}
      aria-busy={busy}
      aria-label={caption || widget.name}
      onClick={run}
    >
      <Icon name={widget.icon} />
      {caption && <span>{caption}</span>}
    </button>
  );
}
