import type { Ask } from '@skerry/studio/bridge/calls/index';
import type { Listen } from '@skerry/studio/bridge/notifications';
import { createContext, useContext } from 'react';

/** The window's end of the bridge. Calls reject with a BridgeFault. */
export interface HostLink {
  readonly ask: Ask;
  readonly listen: Listen;
}

/** An error that a call came back with; its words are for people. */
export class BridgeFault extends Error {
  override readonly name = 'BridgeFault';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

const HostLinkContext = createContext<HostLink | undefined>(undefined);
export const HostLinkProvider = HostLinkContext.Provider;

export function useHost(): HostLink {
  const link = useContext(HostLinkContext);
  if (!link) throw new Error('There is no host around this component.');
  return link;
}
