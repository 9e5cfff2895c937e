import type { DatabaseSync } from 'node:sqlite';
import type { BacklogName, Wait } from '../ledger-store.js';
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
  const first = prepareQuery<{ due_at: number | null }>(
    database,
    `SELECT min(due_at) AS due_at FROM entries
     WHERE provider = :provider AND account = :account AND merchant = :merchant AND due_at IS NOT NULL`,
  );

  function* rows({ provider, names }: WaitsQuery): Iterable<DueRow> {
    if (names) {
      for (const { account, merchant } of names) {
        const dueAt = first.one({ provider, account, merchant })?.due_at ?? null;
        if (dueAt !== null) yield { account, merchant, due_at: dueAt };
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
