import type { Widget, WidgetKind, WidgetOf } from '@skerry/shared/metamodel/widget';
import { type ComponentType, createContext, createElement, Fragment, type RefCallback, useContext } from 'react';
import { useApp, useCached, useScope } from '../app-context.ts';
import { evaluateCondition } from '../data/evaluation.ts';
import { WIDGETS } from './registry.ts';

export interface WidgetProps<K extends WidgetKind> {
  readonly widget: WidgetOf<K>;
  /** Expression `editable` holds and nothing around is read-only. Whether the member may be written is asked at the input. */
  readonly editable: boolean;
}

/** Gives a ref for all that a widget draws, to hosts that must know where it stands: the studio's live page. */
export const DrawnContext = createContext<((widget: Widget) => RefCallback<React.FragmentInstance>) | null>(null);

/** Renders a widget by its kind, when it is visible. */
export function WidgetView({ widget }: { readonly widget: Widget }) {
  const app = useApp();
  const scope = useScope();
  const drawnRef = useContext(DrawnContext);
  const shown = useCached(() => evaluateCondition(widget.visible, scope.variables, app));
  const editable = useCached(() => !scope.readOnly && evaluateCondition(widget.editable, scope.variables, app));
  const roles = app.status.user?.roles ?? [];
  if (widget.visibleRoles.length > 0 && !widget.visibleRoles.some((role) => roles.includes(role))) return null;
  if (!shown.ready || !shown.value) return null;
  const component = WIDGETS[widget.kind] as ComponentType<{ widget: Widget; editable: boolean }>;
  const drawn = createElement(component, { widget, editable: editable.ready && editable.value });
  return drawnRef ? createElement(Fragment, { ref: drawnRef(widget) }, drawn) : drawn;
}

export function WidgetList({ widgets }: { readonly widgets: readonly Widget[] }) {
  return widgets.map((widget) => <WidgetView key={widget.id} widget={widget} />);
}

/** Classes of the app's model beside the widget's own. */
export function classes(...names: readonly (string | undefined | false)[]): string {
  return names.filter(Boolean).join(' ');
}

/** A model's `style` text as React wants it. */
export function styleOf(text: string | undefined): { [property: string]: string } | undefined {
  if (!text) return undefined;
  const style: { [property: string]: string } = {};
  for (const declaration of text.split(';')) {
    const at = declaration.indexOf(':');
    if (at <= 0) continue;
    const property = declaration.slice(0, at).trim();
    style[
      property.startsWith('--')
        ? property
        : property.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())
    ] = declaration.slice(at + 1).trim();
  }
  return style;
}
