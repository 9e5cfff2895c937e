import { type LedgerStore, openSqliteStore } from '@fiscalkit/ledger';
import type { Configuration } from './configuration/configuration.js';
import { ledgerAddress } from './configuration/ledger-address.js';

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
