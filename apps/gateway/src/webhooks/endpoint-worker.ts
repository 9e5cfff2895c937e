import { setTimeout as delay } from 'node:timers/promises';
import { DeliverySession } from './delivery-session.js';
import type { EndpointDependencies } from './endpoint-dependencies.js';
import { readerName, type WebhookEndpoint } from './webhook-settings.js';

/** How long a failure of the ledger puts the next attempt off, in milliseconds. */
const troubleMs = 1_000;

/** Delivers to one endpoint, whenever no other process does. */
export class EndpointWorker {
  readonly #dependencies: EndpointDependencies;
  readonly #stopping = new AbortController();
  #session: DeliverySession | null = null;
  #running: Promise<void> | null = null;

  constructor(dependencies: EndpointDependencies) {
    this.#dependencies = dependencies;
  }

  get endpoint(): WebhookEndpoint {
    return this.#dependencies.endpoint;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  /** Reads soon what an administrator has left to do, if it is this process that delivers. */
  hurry(): void {
    this.#session?.hurry();
  }

  /** Waits for the deliveries under way, and gives the reader back. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
    await this.#dependencies.transport.close();
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      const pauseMs = await this.#hold().catch(() => troubleMs);
      await delay(pauseMs, undefined, { signal }).catch(() => {});
    }
  }

  /** Delivers as long as it holds the reader; returns how long to wait before it tries again. */
  async #hold(): Promise<number> {
    const { endpoint, events, worker, leaseMs, isWanted } = this.#dependencies;
    const name = readerName(endpoint);
    const held = await events.readers.hold({ name, worker, leaseMs });
    if (!held) return leaseMs / 3;
    if (!(await isWanted())) {
      await events.readers.forget(name);
      return leaseMs / 3;
    }
    try {
      this.#session = await DeliverySession.begin(this.#dependencies, held);
      await this.#session.run(this.#stopping.signal);
    } finally {
      this.#session = null;
    }
    return 0;
  }
}
