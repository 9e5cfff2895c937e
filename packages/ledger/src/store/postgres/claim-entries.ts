import { leaseLostReason } from '../../journal/journal-details.js';
import { entryOfRow } from '../entry-of-row.js';
import type { EntryRow } from '../entry-row.js';
import type { Claim, ClaimQuery, Step } from '../ledger-store.js';
import type { RunStatement } from './postgres-database.js';
import type { SchemaNames } from './schema/schema-names.js';
import type { ServerTimeline } from './server-timeline.js';
import { statement } from './statement.js';

type ClaimedRow = EntryRow & { readonly due_at: number; readonly seen_position: number };

/** Prepares the call that hands due entries to a worker, unless the ledger has gone back in time. */
export function prepareClaim({ schema }: SchemaNames, run: RunStatement, timeline: ServerTimeline) {
  const claim = statement(`
    SELECT claimed.*, (SELECT ${schema}.newest_position())::double precision AS seen_position
    FROM ${schema}.claim(${schema}.on_known_timeline($1, $6), $2, $3, $4, $5) AS claimed`);
  const lostReason = JSON.stringify(leaseLostReason);

  return async ({ provider, limit, leaseMs, worker }: ClaimQuery): Promise<Claim[]> => {
    const rows = await timeline.follow(() =>
      run<ClaimedRow>(claim, [provider, limit, leaseMs, worker, lostReason, timeline.seenPosition]),
    );
    // Only a claim that handed something out has waited for the disk.
    if (rows[0]) timeline.saw(rows[0].seen_position);
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
