import type { Journal } from '@fiscalkit/sandbox';
import type { PlannedDocument } from '../plan/planned-document.js';
import type { StoredDocument } from './ledger-book.js';
import type { ToldDocument } from './told-book.js';

/** The three books of a run, and the plan that they are about. */
export interface Books {
  readonly planned: readonly PlannedDocument[];
  readonly told: readonly ToldDocument[];
  /** Entries that a person gave up, with their documents, which were handed in again. */
  readonly givenUp: ReadonlyMap<string, PlannedDocument>;
  /** In the order in which they were accepted. */
  readonly stored: readonly StoredDocument[];
  /** What the provider registered, oldest first. */
  readonly provider: Pick<Journal, 'receipts' | 'confirmations'>;
}
