import type { DatabaseSync } from 'node:sqlite';
import type { BacklogName, Wait } from '../ledger-store.js';
import { waitsForNone } from './claim-entries.js';
import { prepareQuery } from './query.js';

/** Of whom to tell: these backlogs of a provider, or all that there are. */
export interface WaitsQuery {
  readonly provider: string;
  readonly names?: readonly BacklogName[];
}

type DueRow = BacklogName & { readonly due_at: number };

/** Prepares the read of when entries are due: from backlog to backlog in the index, whatever lies between. */
export function prepareWaiting(database: DatabaseSync) {
  const next = prepareQuery<DueRow>(
    database,
    `SELECT account, merchant, due_at FROM entries
     WHERE provider = :provider AND due_at IS NOT NULL AND (account, merchant) > (:account, :merchant)
     ORDER BY account, merchant, due_at LIMIT 1`,
  );
  // A claim would not take what waits for another entry: told of that, a lane would look for it without end.
  const first = prepareQuery<{ due_at: number }>(
    database,
    `SELECT due_at FROM entries AS candidate
     WHERE provider = :provider AND account = :account AND merchant = :merchant AND due_at IS NOT NULL
     AND ${waitsForNone} ORDER BY due_at LIMIT 1`,
  );

  function* rows({ provider, names }: WaitsQuery): Iterable<DueRow> {
    if (names) {
      for (const { account, merchant } of names) {
        const soonest = first.one({ provider, account, merchant });
        if (soonest) yield { account, merchant, due_at: soonest.due_at };
      }
      return;
    }
    let row = next.one({ provider, account: '', merchant: '' });
    while (row) {
      yield row;
      row = next.one({ provider, account: row.account, merchant: row.merchant });
    }
  }

  return (query: WaitsQuery, now: number): Wait[] =>
    Array.from(rows(query), ({ account, merchant, due_at }) => ({
      account,
      merchant,
      dueInMs: Math.max(0, due_at - now),
    }));
}
