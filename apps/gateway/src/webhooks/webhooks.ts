import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { createTransport } from '@fiscalkit/client/transport';
import { FiscalService } from '@fiscalkit/nestjs';
import { isFiscalError } from '@fiscalkit/schemas';
import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import type { Configuration } from '../configuration/configuration.js';
import type { Logger } from '../logs/logger.js';
import type { Metrics } from '../metrics/metrics.js';
import { CONFIGURATION, LOGGER, METRICS } from '../tokens.js';
import { mostUnderWay } from './delivery-session.js';
import { EndpointReporter } from './endpoint-reporter.js';
import { EndpointWorker } from './endpoint-worker.js';
import { type OwnEndpoint, OwnEndpoints } from './own-endpoints.js';
import { readerName, type WebhookEndpoint } from './webhook-settings.js';

/** Shortest lease of an endpoint, in milliseconds. */
const leastLeaseMs = 5_000;

/** How often it is read which endpoints merchants have set, in other processes as well, in milliseconds. */
const readEveryMs = 1_000;

interface Running {
  readonly worker: EndpointWorker;
  /** The endpoint as it is delivered to, to notice a change by. */
  readonly print: string;
  ending: Promise<void> | null;
}

/** Delivers events to the endpoints of all merchants, each by itself, so that none waits for another. */
@Injectable()
export class Webhooks implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly own: OwnEndpoints;
  readonly #stopping = new AbortController();
  readonly #ofMerchants = new Map<string, { version: number; endpoints: readonly OwnEndpoint[] }>();
  readonly #running = new Map<string, Running>();
  readonly #worker = `${hostname()}:${process.pid}:${randomUUID().slice(0, 8)}`;
  #reading: Promise<void> = Promise.resolve();
  #following: Promise<void> = Promise.resolve();
  #hasFailed = false;

  constructor(
    @Inject(FiscalService) private readonly fiscal: FiscalService,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(METRICS) private readonly metrics: Metrics,
  ) {
    this.own = new OwnEndpoints(fiscal.events, configuration.webhooks);
  }

  onApplicationBootstrap(): void {
    this.#deliver();
    if (this.own.isOn) this.#following = this.#follow();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.#stopping.abort();
    await this.#following;
    await Promise.all(Array.from(this.#running.values(), ({ worker }) => worker.stop()));
  }

  /** Returns the endpoints of the configuration, and those that merchants have set, as they were read last. */
  get endpoints(): readonly WebhookEndpoint[] {
    const now = Date.now();
    const own = Array.from(this.#ofMerchants, ([merchant, { endpoints }]) =>
      endpoints.map((endpoint) => this.own.deliverable(merchant, endpoint, now)),
    );
    return [...this.configured(), ...own.flat()];
  }

  /** Returns the endpoints of the configuration, of one merchant or of all. */
  configured(merchant?: string): readonly WebhookEndpoint[] {
    const { merchants } = this.configuration;
    return merchants
      .filter(({ id }) => merchant === undefined || id === merchant)
      .flatMap(({ webhooks }) => webhooks);
  }

  /** Reads what merchants have set by now, and delivers accordingly. */
  refresh(): Promise<void> {
    if (!this.own.isOn) return Promise.resolve();
    this.#reading = this.#reading.catch(() => {}).then(() => this.#read());
    return this.#reading;
  }

  /** Lets the worker of an endpoint see soon what was left for it to do. */
  hurry(endpoint: WebhookEndpoint): void {
    this.#running.get(readerName(endpoint))?.worker.hurry();
  }

  async #follow(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      await this.refresh().then(
        () => {
          this.#hasFailed = false;
        },
        (error) => this.#report(error),
      );
      await delay(readEveryMs, undefined, { signal }).catch(() => {});
    }
  }

  /** Reports, once until it ends, that it can't be read what merchants have set. */
  #report(error: unknown): void {
    if (this.#hasFailed) return;
    this.#hasFailed = true;
    const code = isFiscalError(error) ? error.code : 'gateway.internal';
    this.metrics.problem(code);
    this.logger.log('error', 'webhook.unread', { code });
  }

  async #read(): Promise<void> {
    const known = new Set(this.configuration.merchants.map(({ id }) => id));
    let failure: unknown = null;
    for (const [merchant, version] of await this.own.versions()) {
      if (!known.has(merchant) || this.#ofMerchants.get(merchant)?.version === version) continue;
      try {
        this.#ofMerchants.set(merchant, await this.own.of(merchant));
      } catch (error) {
        // The others' are delivered to all the same.
        failure = error;
      }
    }
    this.#deliver();
    if (failure !== null) throw failure;
  }

  /** Lets a worker run for each endpoint as it is now, and for no other. */
  #deliver(): void {
    if (this.configuration.role === 'api' || this.#stopping.signal.aborted) return;
    const wanted = new Map(this.endpoints.map((endpoint) => [readerName(endpoint), endpoint]));
    for (const [name, running] of this.#running) {
      const endpoint = wanted.get(name);
      if (endpoint && JSON.stringify(endpoint) === running.print) continue;
      running.ending ??= this.#end(name, running, { isGone: endpoint === undefined });
    }
    for (const [name, endpoint] of wanted) {
      if (this.#running.has(name)) continue;
      const worker = this.#workerOf(endpoint);
      this.#running.set(name, { worker, print: JSON.stringify(endpoint), ending: null });
      worker.start();
    }
  }

  async #end(name: string, { worker }: Running, { isGone }: { readonly isGone: boolean }): Promise<void> {
    await worker.stop();
    // What is left of it where whoever deleted it has died.
    if (isGone) await this.fiscal.events.readers.forget(name).catch(() => {});
    this.#running.delete(name);
    this.#deliver();
  }

  #workerOf(endpoint: WebhookEndpoint): EndpointWorker {
    const { fiscal, logger, metrics } = this;
    const { attemptMs } = this.configuration.webhooks;
    return new EndpointWorker({
      endpoint,
      settings: this.configuration.webhooks,
      events: fiscal.events,
      receipts: fiscal.receipts,
      transport: createTransport({
        origin: new URL(endpoint.url).origin,
        attemptMs,
        connections: mostUnderWay,
        allowPrivateAddresses: endpoint.allowPrivateAddresses,
      }),
      worker: this.#worker,
      leaseMs: Math.max(leastLeaseMs, 3 * attemptMs),
      isWanted: () => this.#isWanted(endpoint),
      reporter: new EndpointReporter(endpoint, { logger, metrics }),
    });
  }

  /** Whether an endpoint is still there: another process may have deleted it just now. */
  async #isWanted({ merchant, own }: WebhookEndpoint): Promise<boolean> {
    if (own === undefined) return true;
    const { endpoints } = await this.own.of(merchant);
    return endpoints.some(({ id }) => id === own.id);
  }
}
