import 'reflect-metadata';
import { setTimeout as delay } from 'node:timers/promises';
import { FiscalService } from '@fiscalkit/nestjs';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { type GatewayDependencies, gatewayModule } from './gateway.module.js';
import type { Connections } from './http/connections.js';
import { createAdapter } from './http/create-adapter.js';
import { createServerLimits } from './http/limits.js';
import { observeRequests, RequestsUnderWay } from './http/observe-requests.js';
import { logLedger } from './logs/log-ledger.js';
import { Metrics } from './metrics/metrics.js';
import { confirmationEnvelope } from './payments/payment-failure.js';
import { Pages } from './receipts/pages.js';
import { gatewayVersion } from './version.js';

/** Time between two checks of what is still under way. */
const checkMs = 5;

/** Starts the application that serves the ledger. Rejects after closing whatever it opened or took over. */
export async function startApplication({
  configuration,
  logger,
  openLedger,
  socket = null,
}: ApplicationDependencies): Promise<Gateway> {
  const stopping = new AbortController();
  const underWay = new RequestsUnderWay();
  const metrics = new Metrics(logger);
  const serverLimits = createServerLimits(configuration, { logger, metrics });
  const adapter = createAdapter(configuration, serverLimits);
  const server = adapter.getInstance();
  server.decorate('unroutedEnvelopes', { '/payment/': confirmationEnvelope });
  observeRequests(server, {
    concurrentRequests: configuration.limits.concurrentRequests,
    pendingBodies: serverLimits.pendingBodies,
    underWay,
    stopping: stopping.signal,
    logger,
    metrics,
  });
  const application = await NestFactory.create<NestFastifyApplication>(
    gatewayModule({
      configuration,
      logger,
      metrics,
      openLedger,
      stopping: stopping.signal,
      pages: new Pages({ answers: serverLimits.answers, logger, metrics }),
    }),
    adapter,
    { bodyParser: false, logger: false, abortOnError: false },
  );
  const close = async () => {
    stopping.abort();
    const { drainMs, lingerMs } = configuration.limits;
    await drain({ connections: serverLimits.connections, underWay, drainMs, lingerMs });
    await application.close();
    logger.log('info', 'gateway.stopped');
  };
  try {
    await application.init();
    const fiscal = application.get(FiscalService);
    metrics.watch(fiscal);
    logLedger(fiscal, logger);
    const { port, host } = configuration;
    // Without a host, Fastify would listen on the same port of this machine's other addresses as well.
    await (socket === null ? application.listen(port, host) : application.listen({ fd: socket, host }));
  } catch (error) {
    await close();
    throw error;
  }
  const url = await application.getUrl();
  logger.log('info', 'gateway.listening', { url, version: gatewayVersion() });
  return { url, close };
}

interface ApplicationDependencies
  extends Pick<GatewayDependencies, 'configuration' | 'logger' | 'openLedger'> {
  /** Descriptor of a socket that listens already; the configured address is used when absent or `null`. */
  readonly socket?: number | null | undefined;
}

interface Draining {
  readonly connections: Connections;
  readonly underWay: RequestsUnderWay;
  readonly drainMs: number;
  readonly lingerMs: number;
}

/**
 * Takes no more connections, and waits until none is open or none has brought a request for a while: what a
 * caller sent before it learnt of the end is answered.
 */
async function drain({ connections, underWay, drainMs, lingerMs }: Draining): Promise<void> {
  connections.stopListening();
  const startedAt = performance.now();
  const sinceStart = () => performance.now() - startedAt;
  while (connections.open > 0 && sinceStart() < drainMs) {
    if (Math.min(underWay.quietMs, sinceStart()) >= lingerMs && underWay.count === 0) return;
    await delay(checkMs);
  }
}

/** A running gateway. */
export interface Gateway {
  /** Base URL, for example `http://127.0.0.1:8080`. */
  readonly url: string;
  /**
   * Stops the gateway: takes no more connections, answers what comes over those that are open, ends or after
   * the drain time cancels attempts under way, and closes the ledger. Entries accepted and not registered go on at the next start.
   */
  close(): Promise<void>;
}
