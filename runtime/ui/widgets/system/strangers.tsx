import { Puzzle } from 'lucide-react';
import { useApp } from '../../app-context.ts';
import type { WidgetProps } from '../widget-view.tsx';

/** What this runtime has no renderer for is said, not hidden. */
function Stranger({ what }: { readonly what: string }) {
  const { say } = useApp();
  return (
    <p className="stranger">
      <Puzzle size={18} aria-hidden />
      {say('unknownWidget', what)}
    </p>
  );
}

export function CustomWidget({ widget }: WidgetProps<'custom'>) {
  return <Stranger what={widget.package} />;
}

export function OpaqueWidget({ widget }: WidgetProps<'opaque'>) {
  return <Stranger what={widget.type} />;
}
