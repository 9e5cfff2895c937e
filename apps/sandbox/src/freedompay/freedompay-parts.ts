import type { SandboxMerchant } from '../merchant.js';
import type { RecordBook } from '../records/record-book.js';

/** What the emulated receipts API works with. */
export interface FreedompayParts {
  readonly merchants: ReadonlyMap<string, SandboxMerchant>;
  readonly records: RecordBook;
  /** How long a receipt is pending, in milliseconds. */
  readonly registrationDelayMs: number;
  /** What fiscal attributes and signs are derived from. */
  readonly seed: number;
  clock(): Date;
  createId(): string;
}
