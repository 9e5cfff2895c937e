import { heldDetails, movedDetails } from '../../journal/journal-details.js';
import type { HoldOutcome, HoldQuery } from '../ledger-store.js';
import type { RunStatement } from './postgres-database.js';
import type { SchemaNames } from './schema/schema-names.js';
import type { ServerTimeline } from './server-timeline.js';
import { statement } from './statement.js';

/**
 * Prepares the call that moves or holds what is due for an account which nobody delivers to, unless the ledger has gone back in
 * time: what was never sent is then not known.
 */
export function prepareHoldAccount({ schema }: SchemaNames, run: RunStatement, timeline: ServerTimeline) {
  const hold = statement(
    `SELECT * FROM ${schema}.hold_account(${schema}.on_known_timeline($1, $11), $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
  );

  return async (query: HoldQuery): Promise<HoldOutcome> => {
    const { provider, account, merchant, moveTo, moves, reason, dueForMs, limit } = query;
    const asked = [
      provider,
      account,
      merchant,
      moveTo,
      moves === 'all',
      JSON.stringify(reason),
      dueForMs,
      limit,
      moveTo === null ? null : movedDetails(moveTo),
      heldDetails(reason.code),
    ];
    const [outcome] = await timeline.follow(() =>
      run<{ moved: number; held: number }>(hold, [...asked, timeline.seenPosition]),
    );
    return outcome ?? { moved: 0, held: 0 };
  };
}
