import type { Provider } from '@fiscalkit/client';
import type { Entry } from '../entry/entry.js';
import type { Observers } from '../entry/signals.js';
import type { LedgerStore } from '../store/ledger-store.js';
import type { FinalWaiters } from './final-waiters.js';
import type { ListPlaces } from './list-limits.js';
import type { MerchantDirectory } from './merchants.js';
import type { Turns } from './turns.js';

/** Dependencies that the services share. */
export interface LedgerContext {
  readonly store: LedgerStore;
  readonly merchants: MerchantDirectory;
  readonly observers: Observers;
  readonly waiters: FinalWaiters;
  readonly lists: ListPlaces;
  /** Turns of work on the receipts of one payment. */
  readonly paymentTurns: Turns;
  /** Signals that an entry may be due. */
  readonly wake: (entry: Entry) => void;
  /** Returns the address that a document of a merchant tells its provider, if there is one. */
  readonly callbackUrlOf: (provider: Provider, merchant: string) => string | undefined;
  readonly clock: () => Date;
  readonly createId: () => string;
}
