import type { JournalTableRow } from '../store/journal-row-of.js';
import type { AuditedEntry } from './audit-source.js';
import type { AbsentRow } from './clues.js';
import { mostAbsent } from './most-absent.js';
import { rowHash } from './row-hash.js';

/** What is wrong with the rows of one entry, as far as they and the entry's version tell. */
export interface EntryChain {
  /** Rows that follow from the row before them, by version. */
  readonly sound: ReadonlyMap<number, JournalTableRow>;
  readonly changed: readonly JournalTableRow[];
  readonly absent: readonly AbsentRow[];
  /** Rows of versions that the entry doesn't have. */
  readonly beyond: readonly JournalTableRow[];
}

/** Follows the chain of an entry's rows. Pure. */
export function entryChain({ row: entry, journal }: AuditedEntry): EntryChain {
  const sound = new Map<number, JournalTableRow>();
  const changed: JournalTableRow[] = [];
  const absent: AbsentRow[] = [];
  const last = lastVersion({ row: entry, journal });
  const rows = journal.filter(({ version }) => version >= 1 && version <= last);
  let previousHashes: readonly (string | null)[] = [null];
  let previous: JournalTableRow | null = null;

  const noteAbsent = (before: JournalTableRow | null) => {
    const from = (previous?.version ?? 0) + 1;
    const to = Math.min(before === null ? last : before.version - 1, from + mostAbsent - 1);
    for (let version = from; version <= to; version += 1) {
      const after = previous?.position ?? 0;
      const between = { after, before: before?.position ?? Number.POSITIVE_INFINITY, previousHashes };
      absent.push({ entryId: entry.id, version, between });
      previousHashes = [];
    }
  };

  for (const row of rows) {
    noteAbsent(row);
    const computed = previousHashes.map((hash) => rowHash(row, hash));
    // After a missing row, nothing is known of what this one should follow.
    const isSound = computed.length === 0 || computed.includes(row.hash);
    if (isSound) sound.set(row.version, row);
    else changed.push(row);
    // Either the facts of a changed row were changed, or its hash: the next row follows from one of both.
    previousHashes = isSound ? [row.hash] : [row.hash, ...computed.slice(0, 1)];
    previous = row;
  }
  noteAbsent(null);
  return { sound, changed, absent, beyond: journal.filter((row) => !rows.includes(row)) };
}

/**
 * The version that the entry should have. An entry whose hash is that of a sound row with another version was itself changed:
 * then its version counts for nothing.
 */
function lastVersion({ row: entry, journal }: Pick<AuditedEntry, 'row' | 'journal'>): number {
  const named = journal.find(({ hash }) => hash === entry.hash);
  if (!named || named.version === entry.version) return entry.version;
  const previous = journal.find(({ version }) => version === named.version - 1);
  return rowHash(named, previous?.hash ?? null) === named.hash ? named.version : entry.version;
}
