import { type LedgerStore, openSqliteStore } from '@fiscalkit/ledger';
import type { Configuration } from './configuration/configuration.js';
import { ledgerAddress } from './configuration/ledger-address.js';
import { createLogger, type Logger } from './logs/logger.js';
import type { Gateway } from './start-application.js';

/**
 * Starts a gateway in this process, at the configured address or on the descriptor of a socket that listens
 * already. Rejects, with everything closed, if port or ledger can't be had.
 */
export async function startGateway(
  configuration: Configuration,
  logger: Logger = createLogger(configuration.logLevel),
  { socket }: { readonly socket?: number | null } = {},
): Promise<Gateway> {
  // The ledger opens in its own thread while this one loads the framework.
  const store = new OpeningStore(configuration.ledgerUrl, configuration.postgres);
  try {
    const { startApplication } = await import('./start-application.js');
    return await startApplication({ configuration, logger, socket, openLedger: () => store.take() });
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

/** Ledger that opens while the application is being built. */
export class OpeningStore {
  readonly #store: Promise<LedgerStore>;
  #isTaken = false;

  /** Begins to open the ledger at a URL; the settings are for PostgreSQL. */
  constructor(url: string, settings: PostgresSettings = {}) {
    this.#store = openStore(url, settings);
    // A failure is reported by `take`; until then nobody listens.
    this.#store.catch(() => {});
  }

  /** Transfers ownership: the caller must close the store. Rejects if opening failed. */
  take(): Promise<LedgerStore> {
    this.#isTaken = true;
    return this.#store;
  }

  /** Closes the store unless it was taken. */
  async abandon(): Promise<void> {
    if (this.#isTaken) return;
    await this.#store.then(
      (store) => store.close(),
      () => {},
    );
  }
}
