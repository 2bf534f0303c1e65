/**
 * A pipe of whole messages between a window and the host. Adapters: a WebSocket in the browser, a MessagePort in
 * Electron, a pair in memory for tests. Messages are plain JSON and arrive in order, each once, or the channel closes.
 */
export interface Channel {
  /** Never throws; a message sent after the channel has closed is dropped. */
  send(message: object): void;
  /** One listener; messages that arrive before there is one wait for it. */
  onMessage(listener: (message: object) => void): void;
  /** Called once, at once when the channel is closed already. */
  onClose(listener: () => void): void;
  close(): void;
}
