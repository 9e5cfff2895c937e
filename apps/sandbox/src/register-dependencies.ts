import type { KeptDocuments } from './journal/kept-documents.js';
import type { RecordRepository } from './records/record-repository.js';
import type { WritingWay } from './writing/writing-way.js';

/** Dependencies of every emulated provider that registers receipts. */
export interface RegisterDependencies {
  readonly records: RecordRepository;
  readonly kept: KeptDocuments;
  /** Time until a receipt is registered, in milliseconds. */
  readonly registrationDelayMs: number;
  /** Ways of writing that apply to all receipts, in addition to those of fault rules. */
  readonly writing: readonly WritingWay[];
  /** Seed of fiscal attributes and signs. */
  readonly seed: number;
  clock(): Date;
  createId(): string;
}
