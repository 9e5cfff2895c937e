import 'reflect-metadata';
import { FiscalService } from '@fiscalkit/nestjs';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { type GatewayDependencies, gatewayModule } from './gateway.module.js';
import { createAdapter } from './http/create-adapter.js';
import { createServerLimits } from './http/limits.js';
import { observeRequests, RequestsUnderWay } from './http/observe-requests.js';
import { logLedger } from './logs/log-ledger.js';
import { Metrics } from './metrics/metrics.js';
import { confirmationEnvelope } from './payments/payment-failure.js';
import { Pages } from './receipts/pages.js';
import { gatewayVersion } from './version.js';

/** Starts the application that serves the ledger. Rejects after closing whatever it opened or took over. */
export async function startApplication({
  configuration,
  logger,
  openLedger,
}: Pick<GatewayDependencies, 'configuration' | 'logger' | 'openLedger'>): Promise<Gateway> {
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
    await underWay.none(configuration.limits.drainMs);
    await application.close();
    logger.log('info', 'gateway.stopped');
  };
  try {
    await application.init();
    const fiscal = application.get(FiscalService);
    metrics.watch(fiscal);
    logLedger(fiscal, logger);
    await application.listen(configuration.port, configuration.host);
  } catch (error) {
    await close();
    throw error;
  }
  const url = await application.getUrl();
  logger.log('info', 'gateway.listening', { url, version: gatewayVersion() });
  return { url, close };
}

/** A running gateway. */
export interface Gateway {
  /** Base URL, for example `http://127.0.0.1:8080`. */
  readonly url: string;
  /**
   * Stops the gateway: refuses new requests, answers those under way, ends or after the drain time cancels
   * attempts under way, and closes the ledger. Entries accepted and not registered go on at the next start.
   */
  close(): Promise<void>;
}
