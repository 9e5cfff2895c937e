import type { EntryState } from '../entry/entry.js';
import { sha256Hex } from './digest.js';
import type { JournalRow } from './journal-row.js';

/** A row of a block: what happened to one entry, and which block has the entry's row before it. */
export interface BlockRow extends JournalRow {
  /** `null` for the first row of an entry. */
  readonly previousBlock: number | null;
}

/** The rows of one commit, hashed together with the block before. */
export interface JournalBlock {
  readonly number: number;
  /** When it was written, in milliseconds. */
  readonly at: number;
  readonly firstPosition: number;
  readonly rows: number;
  /** The rows, as `writeBlockRows` writes them. */
  readonly facts: string;
}

/**
 * Returns the hash of a block: SHA-256, in hex, over the hash of the block before (empty for the first), its
 * number, time, first position and number of rows, and the text of its rows, each on a line of its own.
 */
export function hashBlock({ number, at, firstPosition, rows, facts }: JournalBlock, previous: string | null) {
  return sha256Hex([previous ?? '', number, at, firstPosition, rows, facts].join('\n'));
}

/** Writes rows as JSON: a list for each, on a line of its own. */
export function writeBlockRows(rows: readonly BlockRow[]): string {
  const lines = rows.map(({ position, entryId, version, at, from, to, details, previousBlock, hash }) =>
    JSON.stringify([position, entryId, version, at.getTime(), from, to, details, previousBlock, hash]),
  );
  return `[${lines.join(',\n')}]`;
}

/** Parses the rows of a block; `null` for anything else. */
export function readBlockRows(facts: string): BlockRow[] | null {
  try {
    return JSON.parse(facts).map(readRow);
  } catch {
    return null;
  }
}

function readRow(values: readonly unknown[]): BlockRow {
  const [position, entryId, version, at, from, to, details, previousBlock, hash] = values;
  const isRow =
    typeof position === 'number' &&
    typeof entryId === 'string' &&
    typeof version === 'number' &&
    typeof at === 'number' &&
    (from === null || typeof from === 'string') &&
    typeof to === 'string' &&
    typeof details === 'string' &&
    (previousBlock === null || typeof previousBlock === 'number') &&
    typeof hash === 'string';
  if (!isRow) throw new TypeError('not a row');
  return {
    position,
    entryId,
    version,
    at: new Date(at),
    from: from as EntryState | null,
    to: to as EntryState,
    details,
    previousBlock,
    hash,
  };
}
