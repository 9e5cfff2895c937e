import type { Configuration } from './configuration/configuration.js';
import { createLogger, type Logger } from './logs/logger.js';
import { OpeningStore } from './opening-store.js';

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
  // In its own thread, the ledger is opened while this one loads the framework.
  const store = new OpeningStore(configuration.ledgerUrl, configuration.postgres);
  try {
    const { startApplication } = await import('./start-application.js');
    return await startApplication({ configuration, logger, openLedger: () => store.take() });
  } catch (error) {
    await store.abandon();
    throw error;
  }
}
