import type { SyncMode } from '@skerry/shared/metamodel/navigation-profile';
import type { CallReply } from '@skerry/studio/bridge/calls/index';
import { useEffect, useState } from 'react';
import { useHost } from '../../host/host-link.ts';
import { showFault } from '../../workbench/messages.ts';

export type WhatIf = CallReply<'scope/whatIf'>;

export interface Supposed {
  readonly profile: string;
  readonly role: string | undefined;
  readonly entity: string;
  readonly mode: SyncMode;
  readonly constraint: string;
}

/** What a setting would mean. The answer before stays, marked as such, until the next is there. */
export function useWhatIf(supposed: Supposed | undefined): {
  readonly answer: WhatIf | undefined;
  readonly isWaiting: boolean;
} {
  const { ask } = useHost();
  const key = supposed && JSON.stringify(supposed);
  const [found, setFound] = useState<{ key: string; answer: WhatIf }>();
  useEffect(() => {
    if (key === undefined) return;
    let isOutdated = false;
    ask('scope/whatIf', asked(JSON.parse(key) as Supposed)).then(
      (answer) => !isOutdated && setFound({ key, answer }),
      (error: unknown) => !isOutdated && showFault(error),
    );
    return () => {
      isOutdated = true;
    };
  }, [ask, key]);
  return { answer: key === undefined ? undefined : found?.answer, isWaiting: key !== undefined && found?.key !== key };
}

function asked({ role, ...rest }: Supposed) {
  return role === undefined ? rest : { ...rest, role };
}
