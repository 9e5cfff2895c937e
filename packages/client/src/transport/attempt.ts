import type { Dispatcher } from 'undici';
import { AddressRefusal } from './guard-lookup.js';
import type { AnswerHeaders, Outcome, SilenceCode } from './outcome.js';

/** Target of requests. */
export interface Destination {
  readonly dispatcher: Dispatcher;
  /** `https://host:port`, nothing behind it. */
  readonly origin: string;
}

/** Complete request. */
export interface AttemptRequest {
  readonly method: 'GET' | 'POST';
  /** Path with the query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

/** Limits of one attempt. */
export interface AttemptBounds {
  /** Deadline for the last byte of the answer, on the clock of `performance`; includes the connection. */
  readonly endsAt: number;
  /** Maximum length of an answer's body, in bytes. */
  readonly longestAnswer: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Sends a request once and returns the outcome; never throws, never sends twice, follows no redirect. Whether
 * a failed attempt can have reached the provider is decided by when the dispatcher began to write.
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
    // `idempotent: false` keeps undici from putting a request behind another one on the same connection. Its
    // own time-outs are off because the budget covers both.
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

/** Exchange on the wire, from the first byte written to the last byte read; concludes exactly once. */
class Exchange implements Dispatcher.DispatchHandler {
  readonly #longestAnswer: number;
  readonly #startBy: number;
  readonly #conclude: (outcome: Outcome) => void;
  readonly #chunks: Uint8Array[] = [];
  #controller: Dispatcher.DispatchController | null = null;
  #concluded = false;
  #status = 0;
  #headers: AnswerHeaders = {};
  #received = 0;

  /** `startBy` is the deadline for the first byte written, on the clock of `performance`. */
  constructor(
    { longestAnswer, startBy }: { readonly longestAnswer: number; readonly startBy: number },
    conclude: (outcome: Outcome) => void,
  ) {
    this.#longestAnswer = longestAnswer;
    this.#startBy = startBy;
    this.#conclude = conclude;
  }

  /** Ends the exchange from our side. A request that waits for a connection will not be written. */
  giveUp(code: SilenceCode): void {
    this.fail(code);
    this.#controller?.abort(new Error(code));
  }

  /** Ends the exchange without an answer: nothing was sent unless writing had begun. */
  fail(code: SilenceCode = this.#controller ? 'provider.reset' : 'provider.refused'): void {
    this.#end({ kind: this.#controller ? 'interrupted' : 'refused', code });
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    // A process that was stopped while it waited for a connection gets here before its timers fire.
    if (performance.now() > this.#startBy) this.fail('provider.timeout');
    if (this.#concluded || this.#controller) {
      // An exception tells undici not to write: the caller has gone, or this would be a second sending.
      throw new Error('The exchange is over.');
    }
    this.#controller = controller;
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: AnswerHeaders): void {
    // A 1xx answer comes first, if at all, and is replaced by the real one.
    this.#status = status;
    this.#headers = headers;
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Uint8Array): void {
    this.#received += chunk.byteLength;
    if (this.#received > this.#longestAnswer) {
      this.giveUp('provider.too-large');
    } else {
      this.#chunks.push(chunk);
    }
  }

  onResponseEnd(): void {
    this.#end({
      kind: 'answered',
      status: this.#status,
      headers: this.#headers,
      body: joined(this.#chunks),
    });
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    this.fail(codeOf(error));
  }

  #end(outcome: Outcome): void {
    if (!this.#concluded) {
      this.#concluded = true;
      this.#conclude(outcome);
    }
  }
}

function codeOf(error: Error): SilenceCode | undefined {
  if (error instanceof AddressRefusal) {
    return 'provider.address';
  }
  return error.name === 'HTTPParserError' ? 'provider.unreadable' : undefined;
}

/** Joins chunks; usually there is only one. */
function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const [first] = chunks;
  return first && chunks.length === 1 ? first : Buffer.concat(chunks);
}
