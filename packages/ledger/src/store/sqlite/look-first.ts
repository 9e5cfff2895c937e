import type { DatabaseSync } from 'node:sqlite';
import { keepingEarlier } from '../../state/is-earlier-unknown.js';
import type { EntryRow } from '../entry-row.js';
import { cautionDetails, restoredReason } from '../restore-caution.js';
import { attemptedOf } from './attempted-of.js';
import type { EntryTable } from './entry-table.js';
import { prepareQuery } from './query.js';

/** The declared windows as one, the widest: all its columns are `null` when none was declared. */
interface Restores {
  readonly declared_at: number | null;
  readonly since: number | null;
  readonly until: number | null;
}

/** Makes an entry `unknown` instead of letting it be sent, when an earlier life of a restored ledger may have sent it; `null` if not. */
type LookFirst = (row: EntryRow, now: number) => EntryRow | null;

const mayBeSent: LookFirst = () => null;

/** Prepares the caution of a claim: what it answers is asked about each of the entries that are claimed together. */
export function prepareLookFirst(database: DatabaseSync, table: EntryTable): () => LookFirst {
  const restores = prepareQuery<Restores>(
    database,
    'SELECT max(declared_at) AS declared_at, min(since) AS since, max(until) AS until FROM restores',
  );

  return () => {
    const { declared_at, since, until } = restores.one() ?? {};
    if (declared_at == null || since == null || until == null) return mayBeSent;
    return (row, now) => {
      const sentSince = row.last_attempt_at !== null && row.last_attempt_at >= declared_at;
      if (sentSince || row.accepted_at >= until) return null;
      const doubted = {
        state: 'unknown',
        changed_at: now,
        first_attempt_at: Math.min(row.first_attempt_at ?? since, since),
        // Only a ledger that ended before the declaration can have sent it.
        last_attempt_at: declared_at,
        reason: JSON.stringify(keepingEarlier(restoredReason, attemptedOf(row))),
      } as const;
      return table.change(row, doubted, { at: now, details: cautionDetails });
    };
  };
}
