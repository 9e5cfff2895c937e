import { leaseLostReason } from '../../journal/journal-details.js';
import { entryOfRow } from '../entry-of-row.js';
import type { EntryRow } from '../entry-row.js';
import type { Claim, ClaimQuery, Step } from '../ledger-store.js';
import type { RunStatement } from './postgres-database.js';
import type { SchemaNames } from './schema/schema-names.js';
import { statement } from './statement.js';

type ClaimedRow = EntryRow & { readonly due_at: number };

/** Prepares the call that hands due entries to a worker. */
export function prepareClaim({ schema }: SchemaNames, run: RunStatement) {
  const claim = statement(`SELECT * FROM ${schema}.claim($1, $2, $3, $4, $5)`);
  const lostReason = JSON.stringify(leaseLostReason);

  return async ({ provider, limit, leaseMs, worker }: ClaimQuery): Promise<Claim[]> => {
    const rows = await run<ClaimedRow>(claim, [provider, limit, leaseMs, worker, lostReason]);
    return rows.map((row) => ({
      entry: entryOfRow(row),
      step: stepOf(row),
      fence: row.fence,
      claimedAt: new Date(row.due_at - leaseMs),
    }));
  };
}

function stepOf({ state }: EntryRow): Step {
  if (state === 'sending') return 'submit';
  return state === 'pending' ? 'poll' : 'find';
}
