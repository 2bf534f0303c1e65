import { actionSourcePath } from '@skerry/shared/metamodel/paths';
import type { CallReply } from '@skerry/studio/bridge/calls/index';
import type { AnalysisQuestion } from '../analysis/messages.ts';
import type { HostContext, SessionView } from '../host-context.ts';
import type { Room } from '../room.ts';

/** Answers `page/live` with what the analyst's thread makes of the last revision. */
export function livePageRoom(
  context: HostContext,
  { ask }: { readonly ask: (question: AnalysisQuestion) => Promise<unknown> },
): Room {
  return {
    handlers: {
      'page/live': async ({ document, role }) => {
        const actionSources = await sourcesOf(context.session());
        const answer = await ask({ call: 'page/live', request: { document, role, actionSources } });
        return answer as CallReply<'page/live'>;
      },
    },
    close: async () => {},
  };
}

async function sourcesOf(session: SessionView): Promise<ReadonlyMap<string, string>> {
  const sources = new Map<string, string>();
  for (const { path, qualifiedName } of session.model.all('javaScriptAction').values()) {
    const text = await session.text(actionSourcePath(path));
    if (text !== undefined) sources.set(qualifiedName, text);
  }
  return sources;
}
