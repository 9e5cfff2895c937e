import { leaseLostReason } from '../../entry/doubt.js';
import type { Step } from '../../entry/transition.js';
import { type EntryRow, entryOfRow } from '../entry-row.js';
import type { Claim, ClaimQuery, Hint } from '../ledger-store.js';
import type { SchemaNames } from './migrations/schema-names.js';
import type { RunStatement } from './postgres-database.js';
import type { ServerTimeline } from './server-timeline.js';
import { statement } from './statement.js';

type ClaimedRow = EntryRow & { readonly due_at: number; readonly seen_position: number };

/** Prepares the call that hands due entries to a worker, unless the ledger has gone back in time. */
export function prepareClaim({ schema }: SchemaNames, run: RunStatement, timeline: ServerTimeline) {
  const claim = statement(`
    SELECT claimed.*, (SELECT ${schema}.newest_position())::double precision AS seen_position
    FROM ${schema}.claim(${schema}.on_known_timeline($1, $11), $2, $3, $4, $5, $6, $7, $8, $9, $10) AS claimed`);
  const lostReason = JSON.stringify(leaseLostReason);

  return async ({ provider, shares, leaseMs, worker }: ClaimQuery): Promise<Claim[]> => {
    const accounts = shares.map(({ account }) => account);
    const merchants = shares.map(({ merchant }) => merchant);
    const limits = shares.map(({ limit }) => limit);
    const mostHeld = shares.map((share) => share.mostHeld ?? null);
    const kinds = shares.map(({ kind }) => kind ?? null);
    const everyMs = shares.map((share) => share.everyMs ?? null);
    const values = [provider, accounts, merchants, limits, mostHeld, kinds, everyMs];
    const parameters = [...values, leaseMs, worker, lostReason];
    const rows = await timeline.follow(() => run<ClaimedRow>(claim, [...parameters, timeline.seenPosition]));
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

/**
 * Prepares the call that makes what waits because of an outage due now. What another process is just
 * making due is left to it.
 */
export function prepareMakeDueNow({ schema }: SchemaNames, run: RunStatement) {
  const makeDueNow = statement(`
    WITH waiting AS (
      SELECT sequence FROM ${schema}.deliveries
      WHERE provider = $1 AND ($2::text[] IS NULL OR account = ANY ($2)) AND due_at > ${schema}.clock() AND worker IS NULL AND outage
      FOR UPDATE SKIP LOCKED
    ), changed AS (
      UPDATE ${schema}.deliveries AS d SET due_at = ${schema}.clock()
      FROM waiting WHERE d.sequence = waiting.sequence RETURNING 1
    )
    SELECT count(*)::integer AS changed FROM changed`);

  return async (provider: string, accounts?: readonly string[]): Promise<number> => {
    const [answer] = await run<{ changed: number }>(makeDueNow, [provider, accounts ?? null]);
    return answer?.changed ?? 0;
  };
}

/** Prepares the call that brings the next step of an entry forward. */
export function prepareHint({ schema }: SchemaNames, run: RunStatement, sender: string) {
  const hint = statement(`SELECT ${schema}.hint($1, $2, $3, $4, $5, $6) AS written`);

  return async ({ id, version, everyMs, document }: Hint): Promise<boolean> => {
    const { providerDocumentId = null, details = null } = document ?? {};
    const parameters = [id, version, everyMs, providerDocumentId, details, sender];
    const [answer] = await run<{ written: boolean }>(hint, parameters);
    return answer?.written ?? false;
  };
}
