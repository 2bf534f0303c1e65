import type { Action } from '../metamodel/action.ts';
import type { DataSource } from '../metamodel/data-source.ts';
import type { CustomProperty, Widget, WidgetOf } from '../metamodel/widget.ts';
import type { FactCollector } from './fact-collector.ts';
import type { Place } from './facts.ts';
import { actionFacts, opaqueUses, sourceFacts } from './facts-action.ts';
import { expressionFacts, type Variables } from './facts-text.ts';
import { type TypeRef, UNKNOWN } from './type-ref.ts';

type WidgetVariables = Variables & { listened(widget: string): TypeRef };

/** Facts of a page's, snippet's or layout's widgets. `parameter` gives the entities of its parameters. */
export function widgetFacts(
  widgets: readonly Widget[],
  parameter: (name: string) => TypeRef,
  into: FactCollector,
): void {
  const walk = new WidgetWalk(into, parameter);
  walk.all(widgets, UNKNOWN, []);
  walk.rest();
}

class WidgetWalk {
  readonly #into: FactCollector;
  readonly #parameter: (name: string) => TypeRef;
  /** What each container yields, by widget name, for `listen` sources. */
  readonly #yielded = new Map<string, TypeRef>();
  /** Containers that listen are walked last, when every other container is known. */
  readonly #listening: (() => void)[] = [];
  /** Listening containers that have waited once: what they listen to may not be there at all. */
  readonly #postponed = new Set<string>();

  constructor(into: FactCollector, parameter: (name: string) => TypeRef) {
    this.#into = into;
    this.#parameter = parameter;
  }

  rest(): void {
    for (let next = this.#listening.shift(); next; next = this.#listening.shift()) next();
  }

  all(widgets: readonly Widget[], context: TypeRef, roles: readonly string[]): void {
    for (const widget of widgets) this.#widget(widget, context, roles);
  }

  #widget(widget: Widget, context: TypeRef, above: readonly string[]): void {
    const roles = widget.visibleRoles.length > 0 ? widget.visibleRoles : above;
    const place: Place = {
      steps: [`widget:${widget.name}`],
      element: widget.id,
      ...(roles.length > 0 ? { roles } : {}),
    };
    const variables = this.#variables(context);
    for (const field of ['visible', 'editable'] as const) {
      expressionFacts(widget[field], variables, { ...place, field }, this.#into);
    }
    for (const field of ['onClick', 'onChange', 'onEnter', 'onLeave', 'action'] as const) {
      const action = (widget as { readonly [key: string]: unknown })[field] as Action | undefined;
      // A list's click concerns the clicked item, so its container deals with it.
      if (action && !(field === 'onClick' && 'source' in widget)) {
        actionFacts(action, variables, { ...place, field }, this.#into);
      }
    }
    this.#own(widget, context, place, roles);
  }

  #own(widget: Widget, context: TypeRef, place: Place, roles: readonly string[]): void {
    const into = this.#into;
    const variables = this.#variables(context);
    switch (widget.kind) {
      case 'container':
      case 'groupBox':
        this.all(widget.widgets, context, roles);
        break;
      case 'columns':
        for (const column of widget.columns) this.all(column.widgets, context, roles);
        break;
      case 'tabs':
        for (const tab of widget.tabs) {
          expressionFacts(tab.visible, variables, { ...place, element: tab.id, field: 'visible' }, into);
          this.all(tab.widgets, context, roles);
        }
        break;
      case 'dataView':
      case 'listView':
      case 'gallery':
      case 'dataGrid':
        this.#container(widget, context, place, roles);
        break;
      case 'dynamicText':
        for (const [index, text] of widget.content.parameters.entries()) {
          expressionFacts(text, variables, { ...place, field: `content/parameters/${index}` }, into);
        }
        break;
      case 'textBox':
      case 'textArea':
      case 'checkBox':
      case 'radioButtons':
      case 'dropDown':
      case 'datePicker':
      case 'numberInput':
      case 'barcode':
        this.#input(context, widget.attribute, { ...place, field: 'attribute' });
        break;
      case 'validationMessage':
        if (widget.attribute) into.memberPath(context, widget.attribute, { ...place, field: 'attribute' });
        break;
      case 'location':
        this.#input(context, widget.latitude, { ...place, field: 'latitude' });
        this.#input(context, widget.longitude, { ...place, field: 'longitude' });
        break;
      case 'referenceSelector':
      case 'referenceSetSelector':
        this.#selector(widget, context, place);
        break;
      case 'imageViewer':
        // Over the context object itself it shows what is there; only a path needs rows of its own.
        sourceFacts(widget.source, variables, { ...place, field: 'source' }, into);
        actionFacts(widget.onClick, variables, { ...place, field: 'onClick' }, into);
        break;
      case 'fileUpload':
      case 'imageUpload':
      case 'signature':
        into.object(context, 'change', place);
        break;
      case 'snippetCall':
        into.edge('snippet', widget.snippet, { ...place, field: 'snippet' });
        for (const [name, text] of Object.entries(widget.arguments)) {
          expressionFacts(text, variables, { ...place, field: `arguments/${name}` }, into);
        }
        break;
      case 'menu':
        into.edge('menu', widget.menu, { ...place, field: 'menu' });
        break;
      case 'custom':
        for (const [name, property] of Object.entries(widget.properties)) {
          this.#property(property, context, { ...place, field: `properties/${name}` }, roles);
        }
        break;
      case 'opaque':
        opaqueUses(widget.uses, place, into);
        break;
      default:
    }
  }

  #container(
    widget: WidgetOf<'dataView' | 'listView' | 'gallery' | 'dataGrid'>,
    context: TypeRef,
    place: Place,
    roles: readonly string[],
  ): void {
    if (
      widget.source.kind === 'listen' &&
      !this.#yielded.has(widget.source.widget) &&
      !this.#postponed.has(widget.id)
    ) {
      this.#postponed.add(widget.id);
      this.#listening.push(() => this.#container(widget, context, place, roles));
      return;
    }
    const into = this.#into;
    const inside = this.#source(widget.source, context, place);
    this.#yielded.set(widget.name, inside);
    if (widget.source.kind === 'context') into.local(inside, 'shown', place);
    if (widget.kind !== 'dataView') {
      actionFacts(widget.onClick, this.#variables(inside), { ...place, field: 'onClick' }, into);
      for (const path of widget.search) into.memberPath(inside, path, { ...place, field: 'search' });
    }
    if (widget.kind === 'dataGrid') {
      for (const column of widget.columns)
        into.memberPath(inside, column.path, { ...place, element: column.id, field: 'path' });
    } else this.all(widget.widgets, inside, roles);
  }

  #source(source: DataSource, context: TypeRef, place: Place): TypeRef {
    return sourceFacts(source, this.#variables(context), { ...place, field: 'source' }, this.#into);
  }

  #input(context: TypeRef, path: string, place: Place): void {
    this.#into.memberPath(context, path, place);
    if (path.includes('/')) return;
    this.#into.writes(context, path, place);
    this.#into.object(context, 'change', place);
  }

  /** Shows the object that the association refers to, and others to choose from. */
  #selector(widget: WidgetOf<'referenceSelector' | 'referenceSetSelector'>, context: TypeRef, place: Place): void {
    const into = this.#into;
    const far = into.path(context, [{ name: widget.association }], { ...place, field: 'association' });
    into.writes(context, widget.association, { ...place, field: 'association' });
    into.object(context, 'change', place);
    const offered = this.#source(widget.selectable, context, { ...place, field: 'selectable' });
    into.memberPath(offered.kind === 'unknown' ? far : offered, widget.caption, { ...place, field: 'caption' });
  }

  #property(property: CustomProperty, context: TypeRef, place: Place, roles: readonly string[]): void {
    const variables = this.#variables(context);
    switch (property.kind) {
      case 'text':
        for (const text of property.text.parameters) expressionFacts(text, variables, place, this.#into);
        break;
      case 'expression':
        expressionFacts(property.expression, variables, place, this.#into);
        break;
      case 'attribute':
      case 'association':
        this.#into.memberPath(context, property.path, place);
        break;
      case 'action':
        actionFacts(property.action, variables, place, this.#into);
        break;
      case 'dataSource':
        this.#source(property.source, context, place);
        break;
      case 'widgets':
        this.all(property.widgets, context, roles);
        break;
      default:
    }
  }

  #variables(context: TypeRef): WidgetVariables {
    return {
      currentObject: context,
      variable: this.#parameter,
      listened: (widget) => this.#yielded.get(widget) ?? UNKNOWN,
    };
  }
}
