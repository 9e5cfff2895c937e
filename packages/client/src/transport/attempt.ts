import type { Dispatcher } from 'undici';
import { Exchange } from './exchange.js';
import type { Outcome } from './outcome.js';

/** Where requests go. */
export interface Destination {
  readonly dispatcher: Dispatcher;
  /** `https://host:port`, nothing behind it. */
  readonly origin: string;
}

/** One request, complete. */
export interface AttemptRequest {
  readonly method: 'GET' | 'POST';
  /** Path with the query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

/** What bounds one attempt. */
export interface AttemptBounds {
  /** When the last byte of the answer must be there, on the clock of `performance`; waiting for a free connection counts. */
  readonly endsAt: number;
  /** Longest accepted answer body, in bytes. */
  readonly longestAnswer: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Sends a request once and says what came of it; never throws, never sends twice, follows no redirect. Whether a failed
 * attempt can have reached the provider is taken from the dispatcher's own account of when it began to write.
 */
export function attempt(
  destination: Destination,
  request: AttemptRequest,
  { endsAt, longestAnswer, signal }: AttemptBounds,
): Promise<Outcome> {
  if (signal?.aborted) {
    return Promise.resolve({ kind: 'refused', code: 'provider.aborted' });
  }
  return new Promise((resolve) => {
    const timer = setTimeout(() => exchange.giveUp('provider.timeout'), endsAt - performance.now());
    const abort = () => exchange.giveUp('provider.aborted');
    signal?.addEventListener('abort', abort, { once: true });
    const exchange = new Exchange({ longestAnswer, startBy: endsAt }, (outcome) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      resolve(outcome);
    });
    send(destination, request, exchange);
  });
}

function send({ dispatcher, origin }: Destination, request: AttemptRequest, exchange: Exchange): void {
  const { method, path, headers, body = null } = request;
  try {
    // `idempotent: false` keeps undici from putting a request behind another one on the same connection. Its own time-outs
    // are off because the budget covers both.
    dispatcher.dispatch(
      {
        method,
        origin,
        path,
        headers,
        body,
        idempotent: false,
        headersTimeout: 0,
        bodyTimeout: 0,
      },
      exchange,
    );
  } catch {
    exchange.fail();
  }
}
