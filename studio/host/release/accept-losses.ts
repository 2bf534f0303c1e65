import type { JsonObject } from '@skerry/shared/base/json';
import type { CallRequest } from '@skerry/studio/bridge/calls/index';
import type { SessionView } from '../host-context.ts';

/** The command that writes "the loss is accepted" for elements into the decisions of a version. */
export function acceptLosses(
  session: SessionView,
  version: string,
  accepted: readonly { readonly element: string; readonly reason: string }[],
): CallRequest<'command/run'> {
  const decisions = accepted.map(({ element, reason }) => ({ kind: 'acceptLoss', element, reason }));
  const standing = [...session.model.all('evolution').values()].find(({ content }) => content.version === version);
  if (!standing) {
    const content: JsonObject = { version, decisions };
    return { command: 'document.create', arguments: { kind: 'evolution', module: '', name: version, content } };
  }
  const elements = new Set(accepted.map(({ element }) => element));
  const kept = standing.content.decisions.filter(({ element }) => !elements.has(element));
  const value = [...(kept as unknown as JsonObject[]), ...decisions];
  return {
    command: 'element.set',
    arguments: {
      changes: [{ document: standing.path, path: ['decisions'], value }],
      label: `Accept losses of ${version}`,
    },
  };
}
