import type { Text } from '@skerry/shared/metamodel/schema';
import type { Template } from '@skerry/shared/metamodel/widget';
import { useApp, useCached, useScope } from '../app-context.ts';
import { attributeRead, evaluate } from '../data/evaluation.ts';
import { formatForPeople } from '../data/format.ts';
import { fill } from '../shell/words.ts';
import { classes, styleOf, type WidgetProps } from './widget-view.tsx';

export function TextWidget({ widget }: WidgetProps<'text'>) {
  const { words } = useApp();
  return (
    <p className={classes('text', `text-${widget.variant}`, widget.class)} style={styleOf(widget.style)}>
      {words(widget.caption)}
    </p>
  );
}

export function TitleWidget({ widget }: WidgetProps<'title'>) {
  const { words } = useApp();
  return (
    <h2 className={classes('title', widget.class)} style={styleOf(widget.style)}>
      {words(widget.caption)}
    </h2>
  );
}

export function DynamicTextWidget({ widget }: WidgetProps<'dynamicText'>) {
  const text = useTemplate(widget.content);
  const className = classes('text', `text-${widget.variant}`, widget.class);
  if (text === null) return <span className={classes(className, 'skeleton')} aria-hidden="true" />;
  if (text === '') return null;
  if (widget.variant === 'title') return <h2 className={classes('title', widget.class)}>{text}</h2>;
  if (widget.variant === 'badge') return <span className={classes('badge', widget.class)}>{text}</span>;
  return (
    <p className={className} style={styleOf(widget.style)}>
      {text}
    </p>
  );
}

/** A template's text with its parameters in place; null while something has yet to be loaded. */
export function useTemplate(template: Template): string | null {
  const app = useApp();
  const { variables } = useScope();
  const result = useCached(() =>
    fill(
      app.words(template.text),
      template.parameters.map((parameter) =>
        formatForPeople(
          evaluate(parameter, variables, app),
          app,
          attributeRead(parameter, variables, app.content)?.type,
        ),
      ),
    ),
  );
  return result.ready ? result.value : null;
}

export function DividerWidget({ widget }: WidgetProps<'divider'>) {
  return <hr className={classes('divider', widget.class)} />;
}

/** A label's text, or nothing. */
export function labelOf(label: Text | undefined, words: (text: Text | undefined) => string): string | null {
  const text = words(label);
  return text === '' ? null : text;
}
