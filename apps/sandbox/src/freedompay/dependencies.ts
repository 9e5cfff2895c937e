import type { SandboxMerchant } from '../merchant.js';
import type { RecordRepository } from '../records/record-repository.js';
import type { WritingWay } from '../writing/writing-way.js';

/** Dependencies of the emulated receipts API. */
export interface FreedompayDependencies {
  readonly merchants: ReadonlyMap<string, SandboxMerchant>;
  readonly records: RecordRepository;
  /** Time for which a receipt is pending, in milliseconds. */
  readonly registrationDelayMs: number;
  /** Ways of writing that apply to all receipts, in addition to those of fault rules. */
  readonly writing: readonly WritingWay[];
  /** Seed of fiscal attributes and signs. */
  readonly seed: number;
  clock(): Date;
  createId(): string;
}
