import { lookup as systemLookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import type { Dispatcher, Pool } from 'undici';
import { type AttemptRequest, attempt } from './attempt.js';
import { guardLookup } from './guard-lookup.js';
import type { Outcome } from './outcome.js';

const longestAnswer = 1024 * 1024;

/** HTTP settings of a provider's client; the same for every provider. */
export interface TransportSettings {
  /** Budget of one attempt in milliseconds, up to the last byte of the answer. 10,000 by default. */
  readonly attemptMs?: number;
  /** Maximum number of connections. 32 by default. */
  readonly connections?: number;
  /**
   * Allows the provider's name to resolve to private, loopback and other addresses off the internet, and any
   * address in the base URL. `false` by default.
   */
  readonly allowPrivateAddresses?: boolean;
  /** undici dispatcher to use, for a proxy or a test; its owner closes it, and decides where it connects. */
  readonly dispatcher?: Dispatcher;
}

/** Certificate by which a provider recognises its client (mutual TLS), in PEM. */
export interface ClientCertificate {
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
  /** Passphrase of an encrypted key. */
  readonly passphrase?: string | undefined;
  /** Authorities that the provider's own certificate may be from, instead of those of the system. */
  readonly ca?: string | undefined;
}

/** Settings of a transport, and its target. */
export interface TransportRoute extends TransportSettings {
  /** `https://host:port`, nothing behind it. */
  readonly origin: string;
  /** Shown by connections of the transport's own; a given dispatcher has its own. */
  readonly certificate?: ClientCertificate;
}

/** Limits of one call: the transport's budget, and the caller's own. */
interface TransportCall {
  readonly signal?: AbortSignal | undefined;
  /** Budget of a caller who has less time than the transport's own, in milliseconds. */
  readonly budgetMs?: number | undefined;
}

/** Call of a provider's API, with the id in both sides' logs (`X-Request-Id`). */
export interface ApiCall extends TransportCall {
  readonly requestId: string;
}

/** Sends requests to one origin, one attempt each. */
export interface Transport {
  attempt(request: AttemptRequest, call?: TransportCall): Promise<Outcome>;
  close(): Promise<void>;
}

/** Opens a transport with a connection pool of its own, unless given one; `resolve` resolves names. */
export function createTransport(settings: TransportRoute, resolve: LookupFunction = systemLookup): Transport {
  const {
    origin,
    attemptMs = 10_000,
    connections = 32,
    allowPrivateAddresses = false,
    certificate,
  } = settings;
  const lookup = allowPrivateAddresses ? resolve : guardLookup(resolve);
  const pool = new OwnPool({ origin, connections, attemptMs, lookup, certificate });
  return {
    async attempt(request, { signal, budgetMs = attemptMs } = {}) {
      const endsAt = performance.now() + Math.min(budgetMs, attemptMs);
      const dispatcher = settings.dispatcher ?? pool.opened ?? (await pool.open());
      return attempt({ dispatcher, origin }, request, { endsAt, longestAnswer, signal });
    },
    close: () => pool.close(),
  };
}

interface PoolSettings {
  /** `https://host:port`, nothing behind it. */
  readonly origin: string;
  readonly connections: number;
  /** Maximum time to open a connection, in milliseconds. */
  readonly attemptMs: number;
  readonly lookup: LookupFunction;
  readonly certificate: ClientCertificate | undefined;
}

/** Connections of a transport. undici is loaded with the first request, so that starting is cheap. */
class OwnPool {
  readonly #settings: PoolSettings;
  #opening: Promise<Pool> | null = null;
  #opened: Pool | null = null;
  #closed = false;

  constructor(settings: PoolSettings) {
    this.#settings = settings;
  }

  /** `null` until it is open. */
  get opened(): Pool | null {
    return this.#opened;
  }

  open(): Promise<Pool> {
    this.#opening ??= this.#open();
    return this.#opening;
  }

  async #open(): Promise<Pool> {
    const { Pool } = await import('undici');
    const { origin, connections, attemptMs, lookup, certificate } = this.#settings;
    this.#opened = new Pool(origin, {
      connections,
      pipelining: 1,
      // HTTP/2 would put several requests on one connection, whose loss would leave them all unknown at once.
      allowH2: false,
      connect: { ...certificate, timeout: attemptMs, rejectUnauthorized: true, lookup },
    });
    // A closed pool refuses requests, as callers who come too late must be.
    if (this.#closed) await this.#opened.close();
    return this.#opened;
  }

  /** Waits for the requests under way; refuses new ones. */
  async close(): Promise<void> {
    this.#closed = true;
    const pool = await this.#opening;
    if (pool && !pool.closed) await pool.close();
  }
}
