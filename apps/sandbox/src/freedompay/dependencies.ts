import type { SandboxMerchant } from '../merchant.js';
import type { RecordRepository } from '../records/record-repository.js';
import type { WritingWay } from '../writing/writing-way.js';

/** What the emulated receipts API works with. */
export interface FreedompayDependencies {
  readonly merchants: ReadonlyMap<string, SandboxMerchant>;
  readonly records: RecordRepository;
  /** How long a receipt is pending, in milliseconds. */
  readonly registrationDelayMs: number;
  /** How receipts are shown, listed and taken from the start, besides what fault rules add. */
  readonly writing: readonly WritingWay[];
  /** What fiscal attributes and signs are derived from. */
  readonly seed: number;
  clock(): Date;
  createId(): string;
}
