import type { Observers } from '../observation/observers.js';
import type { LedgerStore } from '../store/ledger-store.js';
import type { FinalWaiters } from './final-waiters.js';
import type { ListPlaces } from './list-places.js';
import type { MerchantDirectory } from './merchant-directory.js';

/** What the desks, where callers hand in documents, work with. */
export interface DeskParts {
  readonly store: LedgerStore;
  readonly merchants: MerchantDirectory;
  readonly observers: Observers;
  readonly waiters: FinalWaiters;
  readonly lists: ListPlaces;
  /** Says that an entry of the provider may be due. */
  readonly wake: (provider: string) => void;
  readonly clock: () => Date;
  readonly createId: () => string;
}
