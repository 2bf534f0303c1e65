import type { Action } from '@skerry/shared/metamodel/action';
import type { Model } from '@skerry/shared/metamodel/model';
import type { Widget } from '@skerry/shared/metamodel/widget';

export type SaveAction = Extract<Action, { kind: 'save' }>;

/** The first Save that a page offers, however deep it stands; those inside lists save their rows. */
export function savingAction(model: Model, widgets: readonly Widget[]): SaveAction | null {
  for (const widget of widgets) {
    const own = actionOf(widget);
    if (own?.kind === 'save') return own;
    const inside = savingAction(model, childrenOf(model, widget));
    if (inside) return inside;
  }
  return null;
}

function actionOf(widget: Widget): Action | null {
  if (widget.kind === 'button') return widget.action;
  return widget.kind === 'container' ? widget.onClick : null;
}

function childrenOf(model: Model, widget: Widget): readonly Widget[] {
  switch (widget.kind) {
    case 'container':
    case 'groupBox':
    case 'dataView':
      return widget.widgets;
    case 'columns':
      return widget.columns.flatMap((column) => column.widgets);
    case 'tabs':
      return widget.tabs.flatMap((tab) => tab.widgets);
    case 'snippetCall':
      return model.find('snippet', widget.snippet)?.content.widgets ?? [];
    default:
      return [];
  }
}
