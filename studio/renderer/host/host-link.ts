import type { Ask } from '@skerry/studio/bridge/calls/index';
import type { Listen } from '@skerry/studio/bridge/notifications';
import { createContext, useContext } from 'react';

export { BridgeFault } from '@skerry/studio/bridge/bridge-fault';

/** The window's end of the bridge. Calls reject with a BridgeFault. */
export interface HostLink {
  readonly ask: Ask;
  readonly listen: Listen;
}

const HostLinkContext = createContext<HostLink | undefined>(undefined);
export const HostLinkProvider = HostLinkContext.Provider;

export function useHost(): HostLink {
  const link = useContext(HostLinkContext);
  if (!link) throw new Error('There is no host around this component.');
  return link;
}
