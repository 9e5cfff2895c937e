import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from 'pg';
import { type BackOff, backOffMs } from '../../entry/retry-policy.js';

/** What the listener needs to know. */
export interface WakeListenerDependencies {
  /** Makes a new connection that is not connected yet. */
  readonly createClient: () => Client;
  readonly channel: string;
  /** Announcements of this sender are its own news. */
  readonly self: string;
}

const reconnect: BackOff = { baseMs: 100, factor: 2, capMs: 5_000, jitter: 0.2 };

/**
 * Hears from other processes that entries became due, on a connection of its own that it renews by itself.
 */
export class WakeListener {
  readonly #dependencies: WakeListenerDependencies;
  readonly #listeners = new Set<() => void>();
  readonly #closing = new AbortController();
  #client: Client | null = null;
  #listening: Promise<void> | null = null;

  constructor(dependencies: WakeListenerDependencies) {
    this.#dependencies = dependencies;
  }

  /** Answers how to stop listening. */
  add(listener: () => void): () => void {
    // An own function per call, so that the same listener added twice is called twice and removed once.
    const wake = () => listener();
    this.#listeners.add(wake);
    this.#listening ??= this.#listen();
    return () => this.#listeners.delete(wake);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#client?.end().catch(ignore);
    await this.#listening;
  }

  async #listen(): Promise<void> {
    const { signal } = this.#closing;
    for (let failures = 0; !signal.aborted; failures += 1) {
      if (await this.#listenOnce()) failures = 0;
      const pauseMs = backOffMs(reconnect, failures, Math.random);
      await delay(pauseMs, undefined, { signal }).catch(ignore);
    }
  }

  /** Listens until the connection ends; answers whether it was ever up. */
  async #listenOnce(): Promise<boolean> {
    const client = this.#dependencies.createClient();
    const ended = new Promise((resolve) => client.once('end', resolve));
    this.#client = client;
    client.on('error', ignore);
    client.on('notification', ({ payload }) => {
      if (payload !== this.#dependencies.self) this.#notify();
    });
    try {
      await client.connect();
      await client.query(`LISTEN "${this.#dependencies.channel}"`);
    } catch {
      await client.end().catch(ignore);
      return false;
    }
    // What was announced while there was no connection is lost.
    this.#notify();
    await ended;
    return true;
  }

  #notify(): void {
    for (const wake of this.#listeners) wake();
  }
}

/** Polling covers for what isn't heard. */
function ignore(): void {}
