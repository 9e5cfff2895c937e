import { heldDetails, movedDetails } from '../../journal/journal-details.js';
import type { HoldOutcome, HoldQuery } from '../ledger-store.js';
import type { RunStatement } from './postgres-database.js';
import type { SchemaNames } from './schema/schema-names.js';
import { statement } from './statement.js';

/** Prepares the call that moves or holds what is due for an account which nobody delivers to. */
export function prepareHoldAccount({ schema }: SchemaNames, run: RunStatement) {
  const hold = statement(`SELECT * FROM ${schema}.hold_account($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`);

  return async (query: HoldQuery): Promise<HoldOutcome> => {
    const { provider, account, merchant, moveTo, moves, reason, dueForMs, limit } = query;
    const [outcome] = await run<{ moved: number; held: number }>(hold, [
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
    ]);
    return outcome ?? { moved: 0, held: 0 };
  };
}
