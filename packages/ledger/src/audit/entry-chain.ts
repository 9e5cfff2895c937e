import { hashJournalRow } from '../journal/journal-row.js';
import { type JournalTableRow, journalRowOf } from '../store/journal-table-row.js';
import type { AuditedEntry } from './source.js';

/**
 * Most rows of a gap in an entry's journal that are named: its version may have been changed to any number.
 */
const mostMissing = 20;

/** Rows that are missing between two rows of an entry. */
export interface MissingRows {
  readonly versions: readonly number[];
  /** Positions of the rows around them. */
  readonly after: number;
  readonly before: number;
}

/** The rows of one entry, checked against each other and the entry's version. */
export interface EntryChain {
  /** Rows that follow from the row before them, by version. */
  readonly sound: ReadonlyMap<number, JournalTableRow>;
  readonly changed: readonly JournalTableRow[];
  readonly missing: readonly MissingRows[];
  /** Rows of versions that the entry doesn't have. */
  readonly beyond: readonly JournalTableRow[];
}

/**
 * Follows the chain of an entry's rows. Pure.
 * @param isReplaced Whether a row is known to stand under a name that is not its own: then it is not judged.
 */
export function entryChain(
  { row: entry, journal }: Pick<AuditedEntry, 'row' | 'journal'>,
  isReplaced: (row: JournalTableRow) => boolean,
): EntryChain {
  const sound = new Map<number, JournalTableRow>();
  const changed: JournalTableRow[] = [];
  const missing: MissingRows[] = [];
  const last = lastVersion({ row: entry, journal });
  const rows = journal.filter(({ version }) => version >= 1 && version <= last);
  // Empty where nothing is known of what the next row should follow from.
  let previousHashes: readonly (string | null)[] = [null];
  let previous: JournalTableRow | null = null;

  const noteMissing = (before: JournalTableRow | null) => {
    const from = (previous?.version ?? 0) + 1;
    const to = Math.min(before === null ? last : before.version - 1, from + mostMissing - 1);
    if (to < from) return;
    missing.push({
      versions: Array.from({ length: Math.floor(to - from + 1) }, (_, index) => from + index),
      after: previous?.position ?? 0,
      before: before?.position ?? Number.POSITIVE_INFINITY,
    });
    previousHashes = [];
  };

  for (const row of rows) {
    noteMissing(row);
    previous = row;
    if (isReplaced(row)) {
      previousHashes = [];
      continue;
    }
    const computed = previousHashes.map((hash) => rowHash(row, hash));
    const isSound = computed.length === 0 || computed.includes(row.hash);
    if (isSound) sound.set(row.version, row);
    else changed.push(row);
    // Either the facts of a changed row were changed, or its hash: the next row follows from one of both.
    previousHashes = isSound ? [row.hash] : [row.hash, ...computed.slice(0, 1)];
  }
  noteMissing(null);
  return { sound, changed, missing, beyond: journal.filter((row) => !rows.includes(row)) };
}

/**
 * Returns the version that the entry should have. The version of an entry whose hash is that of another sound
 * row counts for nothing: then the entry itself was changed.
 */
function lastVersion({ row: entry, journal }: Pick<AuditedEntry, 'row' | 'journal'>): number {
  const named = journal.find(({ hash }) => hash === entry.hash);
  if (!named || named.version === entry.version) return entry.version;
  const previous = journal.find(({ version }) => version === named.version - 1);
  return rowHash(named, previous?.hash ?? null) === named.hash ? named.version : entry.version;
}

/**
 * Returns the hash that the row should have after the one before it; `null` for a row that no store writes.
 */
export function rowHash(row: JournalTableRow, previousHash: string | null): string | null {
  const journalRow = journalRowOf(row);
  // A part of a millisecond, or a time beyond all calendars.
  return journalRow.at.getTime() === row.at ? hashJournalRow(journalRow, previousHash) : null;
}
