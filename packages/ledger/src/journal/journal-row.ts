import type { EntryState } from '../entry/entry.js';

/** One transition of one entry, as it was written. Rows are only ever added. */
export interface JournalRow {
  /** Rises over all entries of the store. */
  readonly position: number;
  readonly entryId: string;
  /** 1 for the first row of an entry, without gaps. */
  readonly version: number;
  readonly at: Date;
  readonly from: EntryState | null;
  readonly to: EntryState;
  /** JSON: fence, worker, reason, provider document, digest of the frozen bytes. Never a body or buyer data. */
  readonly details: string;
  /** SHA-256, in hex, over this row and the hash of the entry's row before it. */
  readonly hash: string;
}

/** A block of journal rows over all entries, hashed together with the seal before it. */
export interface Seal {
  readonly number: number;
  readonly firstPosition: number;
  readonly lastPosition: number;
  readonly rows: number;
  readonly hash: string;
}
