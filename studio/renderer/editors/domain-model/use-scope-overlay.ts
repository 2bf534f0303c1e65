import type { ScopeView } from '@skerry/studio/bridge/calls/analysis-calls';
import { useEffect, useState } from 'react';
import { useHost } from '../../host/host-link.ts';
import { showFault } from '../../workbench/messages.ts';

export interface ScopeChoice {
  readonly profile: string;
  /** undefined: the first. */
  readonly role: string | undefined;
}

/** The scope of a profile as the host last analysed it; asked for anew when the analysis says that it moved. */
export function useScopeOverlay(choice: ScopeChoice | undefined, isActive: boolean): ScopeView | undefined {
  const { ask, listen } = useHost();
  const [view, setView] = useState<ScopeView>();
  const profile = choice?.profile;
  const role = choice?.role;
  useEffect(() => {
    if (profile === undefined) setView(undefined);
    if (profile === undefined || !isActive) return;
    let isCurrent = true;
    const fetch = async () => {
      try {
        const answer = await ask('scope/view', { profile, ...(role === undefined ? {} : { role }) });
        if (isCurrent) setView(answer);
      } catch (error) {
        if (isCurrent) showFault(error);
      }
    };
    void fetch();
    const stop = listen('analysis/scope', ({ profiles }) => {
      if (profiles.some((told) => told.profile === profile)) void fetch();
    });
    return () => {
      isCurrent = false;
      stop();
    };
  }, [ask, listen, profile, role, isActive]);
  return view;
}
