import { type EngineState, startEngine } from '@skerry/runtime/platform/web/engine-client';

/** A tab with an engine, as far as it gets one; what became of it stands in `states` for the test to read. */
const tab: { states: string[]; last: EngineState; takeOver(): void; phase(): Promise<string> } = {
  states: [],
  last: { kind: 'starting' },
  takeOver() {
    if (tab.last.kind === 'occupied') tab.last.takeOver();
  },
  async phase() {
    return tab.last.kind === 'running' ? (await tab.last.device.status()).phase : tab.last.kind;
  },
};
Object.assign(window, { tab });

const engine = startEngine({ profile: 'Phone', name: 'Phone A' });
const note = () => {
  const state = engine.state();
  tab.last = state;
  tab.states.push(state.kind === 'failed' ? `failed: ${state.message}` : state.kind);
};
note();
engine.subscribe(note);
