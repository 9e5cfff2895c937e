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

/** What is announced: entries that became due, or events that have positions. */
export type WakeTopic = 'entries' | 'events';

const reconnect: BackOff = { baseMs: 100, factor: 2, capMs: 5_000, jitter: 0.2 };

/**
 * Hears from other processes that entries became due, on a connection of its own that it renews by itself.
 */
export class WakeListener {
  readonly #dependencies: WakeListenerDependencies;
  readonly #listeners = new Map<() => void, WakeTopic>();
  readonly #closing = new AbortController();
  #client: Client | null = null;
  #listening: Promise<void> | null = null;

  constructor(dependencies: WakeListenerDependencies) {
    this.#dependencies = dependencies;
  }

  /** Answers how to stop listening. Whoever listens to events is called for entries, too. */
  add(listener: () => void, topic: WakeTopic = 'entries'): () => void {
    // An own function per call, so that the same listener added twice is called twice and removed once.
    const wake = () => listener();
    this.#listeners.set(wake, topic);
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
      if (payload !== this.#dependencies.self) this.#notify(payload === 'events' ? 'events' : 'entries');
    });
    try {
      await client.connect();
      await client.query(`LISTEN "${this.#dependencies.channel}"`);
    } catch {
      await client.end().catch(ignore);
      return false;
    }
    // What was announced while there was no connection is lost.
    this.#notify('entries');
    await ended;
    return true;
  }

  #notify(about: WakeTopic): void {
    for (const [wake, topic] of this.#listeners) if (about === 'entries' || topic === 'events') wake();
  }
}

/** Polling covers for what isn't heard. */
function ignore(): void {}
