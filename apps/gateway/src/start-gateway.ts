import { type LedgerStore, openSqliteStore } from '@fiscalkit/ledger';
import type { Configuration } from './configuration/configuration.js';
import { ledgerAddress } from './configuration/ledger-address.js';
import { createLogger, type Logger } from './logs/logger.js';
import type { Gateway } from './start-application.js';

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

type PostgresSettings = Partial<Configuration['postgres']>;

async function openStore(url: string, settings: PostgresSettings): Promise<LedgerStore> {
  const address = ledgerAddress(url);
  if (address?.store === 'postgres') {
    const { createPostgresStore } = await import('@fiscalkit/ledger/postgres');
    return createPostgresStore({ connectionString: address.connectionString, ...settings });
  }
  return openSqliteStore({ path: address?.path ?? url });
}

/** A ledger that is being opened while what will work with it is being made. */
export class OpeningStore {
  readonly #store: Promise<LedgerStore>;
  #isTaken = false;

  /** Begins to open the ledger at this URL; the settings are for one in PostgreSQL. */
  constructor(url: string, settings: PostgresSettings = {}) {
    this.#store = openStore(url, settings);
    // Whoever takes the store is told; until then there is nobody to tell.
    this.#store.catch(() => {});
  }

  /** The store, which is now whose who took it, to be closed too. Rejects as opening it does. */
  take(): Promise<LedgerStore> {
    this.#isTaken = true;
    return this.#store;
  }

  /** Closes the store if nobody took it. */
  async abandon(): Promise<void> {
    if (this.#isTaken) return;
    await this.#store.then(
      (store) => store.close(),
      () => {},
    );
  }
}
