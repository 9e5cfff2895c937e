import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { createTransport } from '@fiscalkit/client/transport';
import { FiscalService } from '@fiscalkit/nestjs';
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
import type { WebhookEndpoint } from './webhook-settings.js';

/** Shortest lease of an endpoint, in milliseconds. */
const leastLeaseMs = 5_000;

/** Delivers events to the endpoints of all merchants, each by itself, so that none waits for another. */
@Injectable()
export class Webhooks implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly endpoints: readonly WebhookEndpoint[];
  readonly #workers: readonly EndpointWorker[];

  constructor(
    @Inject(FiscalService) fiscal: FiscalService,
    @Inject(CONFIGURATION) { merchants, webhooks, role }: Configuration,
    @Inject(LOGGER) logger: Logger,
    @Inject(METRICS) metrics: Metrics,
  ) {
    this.endpoints = merchants.flatMap((merchant) => merchant.webhooks);
    const worker = `${hostname()}:${process.pid}:${randomUUID().slice(0, 8)}`;
    const { attemptMs } = webhooks;
    const delivering = role === 'api' ? [] : this.endpoints;
    this.#workers = delivering.map(
      (endpoint) =>
        new EndpointWorker({
          endpoint,
          settings: webhooks,
          events: fiscal.events,
          receipts: fiscal.receipts,
          transport: createTransport({
            origin: new URL(endpoint.url).origin,
            attemptMs,
            connections: mostUnderWay,
            allowPrivateAddresses: endpoint.allowPrivateAddresses,
          }),
          worker,
          leaseMs: Math.max(leastLeaseMs, 3 * attemptMs),
          reporter: new EndpointReporter(endpoint, { logger, metrics }),
        }),
    );
  }

  onApplicationBootstrap(): void {
    for (const worker of this.#workers) worker.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.stop()));
  }

  /** Lets the worker of an endpoint see soon what was left for it to do. */
  hurry(endpoint: WebhookEndpoint): void {
    this.#workers.find((worker) => worker.endpoint === endpoint)?.hurry();
  }
}
