import type { SealedRow } from '../journal/outline.js';
import type { EntryRow } from '../store/entry-row.js';
import type { JournalTableRow } from '../store/journal-row-of.js';
import type { AuditFault } from './audit-fault.js';

/** A journal row by its place alone. */
export type RowPlace = Pick<SealedRow, 'position' | 'entryId' | 'version'>;

/** A row that should be there and isn't, as far as the seals or its entry tell of it. */
export interface AbsentRow {
  readonly entryId: string;
  readonly version: number;
  /** Where which seal says that it was, and how its hash began. */
  readonly sealed?: { readonly position: number; readonly hashStart: string; readonly seal: number };
  /** Between which rows of its entry it is missing, and what the hash of the row before may be. */
  readonly between?: {
    readonly after: number;
    readonly before: number;
    readonly previousHashes: readonly (string | null)[];
  };
}

/** What does not tell by itself what was done: one deed leaves traces in several places. */
export interface Clues {
  /** What is certain. */
  readonly faults: Kept<AuditFault>;
  readonly absent: Kept<AbsentRow>;
  /** Rows that don't follow from the row before them, which stands at `after`. */
  readonly unsound: Kept<{ readonly row: RowPlace; readonly after: number }>;
  /** Rows where none was sealed, or beyond what the entry or the store has counted. */
  readonly strangers: Kept<RowPlace>;
  /** Rows of entries that are not there. */
  readonly orphans: Kept<JournalTableRow>;
  /** Entries without any journal row, with what they have of their last one. */
  readonly unjournalled: Kept<Pick<EntryRow, 'id' | 'version' | 'hash'>>;
  /** Positions without a row that no seal tells of, where every position was used. */
  readonly gaps: Kept<{ readonly first: number; readonly last: number }>;
  /** Seals that their rows don't prove, though the rows are as outlined: one of either was changed. */
  readonly unproven: Kept<{ readonly seal: number; readonly first: number; readonly last: number }>;
  /** Rows in the wrong order: `row` was written before the one that stands at `position`. */
  readonly misplaced: Kept<{ readonly row: RowPlace; readonly position: number }>;
  /** Sequences without an entry, where every sequence was used. */
  readonly missingSequences: Kept<number>;
  /** Ids of entries that stand under a sequence that can't be theirs. */
  readonly misnumbered: Kept<string>;
}

const most = 1_000;

/** The first of many, and whether there were more. */
export class Kept<Item> {
  readonly items: Item[] = [];
  more = false;

  add(item: Item): void {
    if (this.items.length < most) this.items.push(item);
    else this.more = true;
  }
}

export function noClues(): Clues {
  return {
    faults: new Kept(),
    absent: new Kept(),
    unsound: new Kept(),
    strangers: new Kept(),
    orphans: new Kept(),
    unjournalled: new Kept(),
    gaps: new Kept(),
    unproven: new Kept(),
    misplaced: new Kept(),
    missingSequences: new Kept(),
    misnumbered: new Kept(),
  };
}
