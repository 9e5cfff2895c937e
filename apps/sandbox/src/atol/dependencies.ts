import type { RecordRepository } from '../records/record-repository.js';
import type { WritingWay } from '../writing/writing-way.js';
import type { AtolOptions } from './group.js';

/** Dependencies of the emulated ATOL Online. */
export interface AtolDependencies {
  readonly options: AtolOptions;
  readonly records: RecordRepository;
  /** Time until a document is done, in milliseconds. */
  readonly registrationDelayMs: number;
  /** Ways in which registers print names, in addition to those of fault rules. */
  readonly writing: readonly WritingWay[];
  /** Seed of fiscal attributes. */
  readonly seed: number;
  clock(): Date;
  createId(): string;
}
