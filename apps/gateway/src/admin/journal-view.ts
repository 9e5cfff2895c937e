import type { JournalRow } from '@fiscalkit/ledger';

/** One row of the journal: what happened, and what was written down about it. */
export function journalView({ position, version, at, from, to, details, hash }: JournalRow) {
  return { version, position, at: at.toISOString(), from, to, details: JSON.parse(details), hash };
}
