import type { LookupFunction } from 'node:net';
import type { Pool } from 'undici';

interface PoolSettings {
  /** `https://host:port`, nothing behind it. */
  readonly origin: string;
  readonly connections: number;
  /** Longest time that a connection may take to be made, in milliseconds. */
  readonly attemptMs: number;
  readonly lookup: LookupFunction;
}

/** A transport's own connections. undici is loaded with the first request: what only signs or checks starts without it. */
export class OwnPool {
  readonly #settings: PoolSettings;
  #opening: Promise<Pool> | null = null;
  #opened: Pool | null = null;
  #closed = false;

  constructor(settings: PoolSettings) {
    this.#settings = settings;
  }

  /** Once it is open. */
  get opened(): Pool | null {
    return this.#opened;
  }

  open(): Promise<Pool> {
    this.#opening ??= this.#open();
    return this.#opening;
  }

  async #open(): Promise<Pool> {
    const { Pool } = await import('undici');
    const { origin, connections, attemptMs, lookup } = this.#settings;
    this.#opened = new Pool(origin, {
      connections,
      pipelining: 1,
      // HTTP/2 would put several requests on one connection, whose loss would leave them all unknown at once.
      allowH2: false,
      connect: { timeout: attemptMs, rejectUnauthorized: true, lookup },
    });
    // A closed pool takes no request, which is what whoever came too late is to be told.
    if (this.#closed) await this.#opened.close();
    return this.#opened;
  }

  /** Waits for the requests under way; takes no new one. */
  async close(): Promise<void> {
    this.#closed = true;
    const pool = await this.#opening;
    if (pool && !pool.closed) await pool.close();
  }
}
