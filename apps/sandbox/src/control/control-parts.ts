import type { FaultBook } from '../faults/fault-book.js';
import type { Journal, JournalFilter } from '../journal/journal.js';

/** What the control interface reads and changes. */
export interface ControlParts {
  readonly faults: FaultBook;
  journal(filter: JournalFilter): Journal;
  reset(): void;
  health(): Readonly<Record<string, unknown>>;
}
