import type { HttpAnswer, HttpRequest } from '@skerry/runtime/platform/ports';

/** A request on its way, or its answer. */
export interface Exchange {
  readonly device: string;
  readonly request: HttpRequest;
  answer: HttpAnswer | null;
  /** Null once nobody waits for it any more. */
  settle: { resolve(answer: HttpAnswer): void; reject(error: Error): void } | null;
}

/** Whoever answers requests: the real service, observed. */
export type Answerer = (device: string, request: HttpRequest) => Promise<HttpAnswer>;

export class Unreachable extends Error {
  constructor() {
    super('No answer came.');
  }
}

/**
 * Holds every request until somebody decides what becomes of it: delivered, answered, lost, cut short, or delivered
 * once more when nobody expects it.
 */
export class Network {
  readonly #answerer: Answerer;
  #pending: Exchange[] = [];
  /** Copies still on their way: sent twice, or sent by a device that has crashed since. */
  #strays: { readonly device: string; readonly request: HttpRequest }[] = [];
  readonly #offline = new Set<string>();

  constructor(answerer: Answerer) {
    this.#answerer = answerer;
  }

  get pending(): readonly Exchange[] {
    return this.#pending;
  }

  get strays(): number {
    return this.#strays.length;
  }

  isOffline(device: string): boolean {
    return this.#offline.has(device);
  }

  /** Cuts the device off, or lets it back on. What it waits for is answered by nobody. */
  switchOff(device: string, off: boolean): void {
    if (!off) {
      this.#offline.delete(device);
      return;
    }
    this.#offline.add(device);
    for (const exchange of this.#of(device)) this.#end(exchange, new Unreachable());
  }

  send(device: string, request: HttpRequest): Promise<HttpAnswer> {
    if (this.#offline.has(device)) return Promise.reject(new Unreachable());
    return new Promise((resolve, reject) => {
      this.#pending.push({ device, request, answer: null, settle: { resolve, reject } });
    });
  }

  /** Brings the request to the service. */
  async deliver(exchange: Exchange): Promise<void> {
    exchange.answer = await this.#answerer(exchange.device, exchange.request);
  }

  /** Brings the answer to the device. */
  answer(exchange: Exchange): void {
    if (exchange.answer) this.#end(exchange, exchange.answer);
  }

  lose(exchange: Exchange): void {
    this.#end(exchange, new Unreachable());
  }

  /** The answer arrives cut short. */
  truncate(exchange: Exchange, share: number): void {
    const { answer } = exchange;
    if (!answer) return;
    const body = answer.body.slice(0, Math.floor(answer.body.length * share));
    this.#end(exchange, { ...answer, body, wireBytes: body.length });
  }

  /** A second copy stays on its way. */
  duplicate(exchange: Exchange): void {
    this.#strays.push({ device: exchange.device, request: exchange.request });
  }

  /** A copy arrives that nobody waits for. */
  async deliverStray(at: number): Promise<string | null> {
    const [stray] = this.#strays.splice(at, 1);
    if (!stray) return null;
    await this.#answerer(stray.device, stray.request);
    return stray.request.path;
  }

  /** The device is gone: nobody waits for its answers. @param arrives whether what was on its way still arrives */
  forget(device: string, arrives: () => boolean): void {
    for (const exchange of this.#of(device)) {
      if (exchange.answer === null && arrives()) this.duplicate(exchange);
      exchange.settle = null;
    }
    this.#pending = this.#pending.filter((exchange) => exchange.device !== device);
  }

  #of(device: string): readonly Exchange[] {
    return this.#pending.filter((exchange) => exchange.device === device);
  }

  #end(exchange: Exchange, outcome: HttpAnswer | Error): void {
    this.#pending = this.#pending.filter((one) => one !== exchange);
    const { settle } = exchange;
    exchange.settle = null;
    if (outcome instanceof Error) settle?.reject(outcome);
    else settle?.resolve(outcome);
  }
}
