import type { RecordBook } from '../records/record-book.js';

/** What the emulated confirmations work with. */
export interface FiscalboxParts {
  readonly records: RecordBook;
  clock(): Date;
}
