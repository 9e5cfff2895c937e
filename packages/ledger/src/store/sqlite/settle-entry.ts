import type { DatabaseSync } from 'node:sqlite';
import { settlementDetails } from '../../journal/journal-details.js';
import { entryOfRow } from '../entry-of-row.js';
import type { EntryRow } from '../entry-row.js';
import type { Settlement, SettleOutcome, Transition } from '../ledger-store.js';
import type { EntryChange, EntryTable } from './entry-table.js';
import { prepareAnnounce } from './events/announce.js';
import { prepareQuery } from './query.js';

/** Prepares the write of a result under its fence. */
export function prepareSettle(database: DatabaseSync, table: EntryTable) {
  const held = prepareQuery<EntryRow & { readonly worker: string }>(
    database,
    'SELECT * FROM entries WHERE id = :id AND fence = :fence AND worker IS NOT NULL',
  );
  const announce = prepareAnnounce(database);
  const releaseClaims = prepareQuery(database, 'DELETE FROM claims WHERE sequence = :sequence');
  const wakeSuccessor = prepareQuery(
    database,
    `UPDATE entries SET due_at = :now WHERE due_at IS NULL AND state = 'accepted' AND sequence = (
       SELECT min(sequence) FROM entries WHERE merchant = :merchant AND ordering_key = :orderingKey
       AND state NOT IN ('registered', 'rejected')
     )`,
  );

  return ({ id, fence, transition }: Settlement, now: number): SettleOutcome => {
    const row = held.one({ id, fence });
    if (!row) return { kind: 'lease-lost' };

    const change = changeOf(transition, row, now);
    const news = transition.to !== row.state || transition.reason?.code !== reasonCode(row);
    const note = { at: now, details: settlementDetails(transition, fence, row.worker) };
    const settled = table.change(row, change, news ? note : undefined);

    if (transition.to === 'rejected') releaseClaims.run({ sequence: row.sequence });
    if (transition.to === 'registered' || transition.to === 'rejected') {
      announce(settled, transition.to, now);
      wakeSuccessor.run({ now, merchant: row.merchant, orderingKey: row.ordering_key });
    }
    return { kind: 'written', entry: entryOfRow(settled) };
  };
}

function changeOf(transition: Transition, row: EntryRow, now: number): EntryChange {
  const { to, dueInMs, failures, registration, reason } = transition;
  return {
    state: to,
    changed_at: to === row.state ? row.changed_at : now,
    due_at: dueInMs === null ? null : now + Math.ceil(dueInMs),
    worker: null,
    failures,
    provider_document_id:
      registration?.providerDocumentId ?? transition.providerDocumentId ?? row.provider_document_id,
    registration: registration ? JSON.stringify(registration) : null,
    reason: reason ? JSON.stringify(reason) : null,
  };
}

function reasonCode(row: EntryRow): string | undefined {
  return row.reason === null ? undefined : JSON.parse(row.reason).code;
}
