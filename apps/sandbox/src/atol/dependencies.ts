import type { RecordRepository } from '../records/record-repository.js';
import type { AtolOptions } from './group.js';

/** Dependencies of the emulated ATOL Online. */
export interface AtolDependencies {
  readonly options: AtolOptions;
  readonly records: RecordRepository;
  /** Time until a document is done, in milliseconds. */
  readonly registrationDelayMs: number;
  /** Seed of fiscal attributes. */
  readonly seed: number;
  clock(): Date;
  createId(): string;
}
