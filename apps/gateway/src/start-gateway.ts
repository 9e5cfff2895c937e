import 'reflect-metadata';
import { FiscalService } from '@fiscalkit/nestjs';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Configuration } from './configuration/configuration.js';
import { gatewayModule } from './gateway.module.js';
import { createBounds } from './http/bounds.js';
import { createServer } from './http/create-server.js';
import { observeRequests } from './http/observe-requests.js';
import { RequestsUnderWay } from './http/requests-under-way.js';
import { logLedger } from './logs/log-ledger.js';
import { createLogger, type Logger } from './logs/logger.js';
import { Metrics } from './metrics/metrics.js';

/** A running gateway. */
export interface Gateway {
  /** Where it listens, for example `http://127.0.0.1:8080`. */
  readonly url: string;
  /**
   * Stops it: no new requests, those under way are answered, attempts under way end or are cancelled after the drain time,
   * and the ledger is closed. What was accepted and is not registered goes on at the next start.
   */
  close(): Promise<void>;
}

/** Starts a gateway in this process. Rejects, with everything closed again, when the port or the ledger can't be had. */
export async function startGateway(
  configuration: Configuration,
  logger: Logger = createLogger(configuration.logLevel),
): Promise<Gateway> {
  const stopping = new AbortController();
  const underWay = new RequestsUnderWay();
  const metrics = new Metrics();
  const bounds = createBounds(configuration, { logger, metrics });
  const adapter = createServer(configuration, bounds);
  observeRequests(adapter.getInstance(), {
    concurrentRequests: configuration.limits.concurrentRequests,
    arrivals: bounds.arrivals,
    underWay,
    stopping: stopping.signal,
    logger,
    metrics,
  });
  const application = await NestFactory.create<NestFastifyApplication>(
    gatewayModule({ configuration, logger, metrics, stopping: stopping.signal }),
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
  logger.log('info', 'gateway.listening', { url });
  return { url, close };
}
