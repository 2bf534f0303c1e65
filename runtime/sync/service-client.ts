import { type Fault, operationalFault, userFault } from '@skerry/shared/base/fault';
import { errorBody, z } from '@skerry/shared/protocol/common';
import type { HttpAnswer, HttpRequest, Transport } from '../platform/ports.ts';

/** Tokens of the signed-in user, kept by the engine. */
export interface TokenSource {
  /** Null when nobody is signed in. */
  accessToken(): string | null;
  /** Gets a new access token; false when the session is over. Callers wait for one refresh together. */
  refresh(): Promise<boolean>;
}

export interface ServiceRequest<S extends z.ZodMiniType> {
  readonly path: string;
  readonly body?: unknown;
  readonly answer: S;
  readonly timeoutMs?: number;
}

/** Bytes sent and received so far, for results. */
export interface Traffic {
  bytes: number;
}

/** The service could not be reached: what offline means. */
export const OFFLINE = 'sync/offline';
/** Nobody is signed in any more; work waits on the device. */
export const SESSION_EXPIRED = 'session/expired';

/** Of one request, with a token refreshed between them. */
const MOST_TRIES = 3;

/**
 * Speaks with the service in the protocol's words. Failures are thrown as faults: `sync/offline` when no answer came,
 * `session/expired`, else the service's own code. `details.retry` says whether asking again may help.
 */
export class ServiceClient {
  readonly traffic: Traffic = { bytes: 0 };
  readonly #transport: Transport;
  readonly #tokens: TokenSource;
  readonly #onReach: (reached: boolean) => void;

  constructor(transport: Transport, tokens: TokenSource, onReach: (reached: boolean) => void) {
    this.#transport = transport;
    this.#tokens = tokens;
    this.#onReach = onReach;
  }

  /** Without a session: hello, bundles, sign-in. */
  async anonymous<S extends z.ZodMiniType>(request: ServiceRequest<S>): Promise<z.output<S>> {
    return parsed(request, await this.#send(httpRequest(request, null)));
  }

  async ask<S extends z.ZodMiniType>(request: ServiceRequest<S>): Promise<z.output<S>> {
    return parsed(request, await this.raw(httpRequest(request, null)));
  }

  /**
   * Any request for the user: a 401 is answered by a refresh and another try. Only a refused refresh ends the session: a
   * device may sleep between the two for longer than an access token lives.
   */
  async raw(request: HttpRequest): Promise<HttpAnswer> {
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const token = this.#tokens.accessToken();
      if (token === null) throw expired();
      const answer = await this.#send(withToken(request, token), true);
      if (answer.status !== 401) return checked(answer);
      // Somebody else may have refreshed while this request was on its way.
      if (this.#tokens.accessToken() === token && !(await this.#tokens.refresh())) throw expired();
    }
    throw operationalFault('session/token-refused', 'The service does not take its own tokens now. Try again later.', {
      retry: true,
    });
  }

  /** Bytes of an answer that is no JSON. Null when the service has none under this path. */
  async bytes(path: string, anonymous = false): Promise<Uint8Array | null> {
    try {
      const request: HttpRequest = { method: 'GET', path };
      return (anonymous ? await this.#send(request) : await this.raw(request)).body;
    } catch (thrown) {
      if (isFault(thrown) && thrown.details.status === 404) return null;
      throw thrown;
    }
  }

  async #send(request: HttpRequest, unchecked = false): Promise<HttpAnswer> {
    let answer: HttpAnswer;
    try {
      answer = await this.#transport.request(request);
    } catch {
      this.#onReach(false);
      throw operationalFault(OFFLINE, 'The service cannot be reached.', { retry: true });
    }
    this.#onReach(true);
    this.traffic.bytes += answer.wireBytes + (request.body?.length ?? 0);
    return unchecked ? answer : checked(answer);
  }
}

export function isFault(thrown: unknown): thrown is Fault {
  return thrown instanceof Error && thrown.name === 'Fault';
}

function httpRequest(request: ServiceRequest<z.ZodMiniType>, token: string | null): HttpRequest {
  const base: HttpRequest = {
    method: request.body === undefined ? 'GET' : 'POST',
    path: request.path,
    ...(request.timeoutMs === undefined ? {} : { timeoutMs: request.timeoutMs }),
    ...(request.body === undefined
      ? {}
      : { body: JSON.stringify(request.body), headers: { 'content-type': 'application/json' } }),
  };
  return token === null ? base : withToken(base, token);
}

function withToken(request: HttpRequest, token: string): HttpRequest {
  return { ...request, headers: { ...request.headers, authorization: `Bearer ${token}` } };
}

function checked(answer: HttpAnswer): HttpAnswer {
  if (answer.status < 400) return answer;
  const body = z.safeParse(errorBody, json(answer.body));
  const retry = answer.status >= 500 || answer.status === 429;
  const { error } = body.success
    ? body.data
    : { error: { code: 'sync/refused', message: `The service answered with status ${answer.status}.`, retry } };
  throw userFault(error.code, error.message, {
    ...('details' in error ? error.details : {}),
    retry: error.retry,
    status: answer.status,
  });
}

function parsed<S extends z.ZodMiniType>(request: ServiceRequest<S>, answer: HttpAnswer): z.output<S> {
  const result = z.safeParse(request.answer, json(answer.body));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw operationalFault('sync/unreadable-answer', `The service's answer to ${request.path} was not understood.`, {
    retry: true,
    at: issue?.path.join('/'),
  });
}

function json(body: Uint8Array): unknown {
  try {
    return JSON.parse(decodeUtf8(body));
  } catch {
    return undefined;
  }
}

function expired(): Fault {
  return userFault(SESSION_EXPIRED, 'Sign in again to synchronise. What was written here waits until then.', {
    retry: false,
  });
}

// Every host has it and it touches nothing, but neither the language nor this room's types declare it.
declare const TextDecoder: new () => { decode(bytes: Uint8Array): string };

function decodeUtf8(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
