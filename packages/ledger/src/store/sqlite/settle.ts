import type { DatabaseSync } from 'node:sqlite';
import { settlementDetails } from '../../journal/details.js';
import { type DeliveryRow, deliveryColumns, type EntryRow } from '../entry-row.js';
import type { Settlement, SettleOutcome } from '../ledger-store.js';
import { hasEnded, prepareEnd } from './dependents.js';
import { type ChangeableRow, changeByTransition, type EntryTable } from './entry-table.js';
import { numberOfName } from './names.js';
import { prepareQuery } from './query.js';
import { storedId } from './stored-columns.js';

/** What a settlement needs of a row: not the document and the bytes, which are most of it. */
type HeldRow = ChangeableRow &
  Pick<EntryRow, 'merchant' | 'operation' | 'payment_id' | 'operation_type'> & {
    readonly worker: string;
    readonly queue: number;
  };

/** Prepares the write of a result under its fence. */
export function prepareSettle(database: DatabaseSync, table: EntryTable) {
  const held = prepareQuery<Omit<HeldRow, 'id'>>(
    database,
    `SELECT sequence, merchant, provider, operation, queue, payment_id, operation_type, block,
       ${deliveryColumns.join(', ')}
     FROM entry_rows WHERE stored_id = :id AND fence = :fence AND worker IS NOT NULL`,
  );
  const end = prepareEnd(database, table);

  return ({ id, fence, transition }: Settlement, now: number): SettleOutcome<DeliveryRow, EntryRow> => {
    const found = held.one({ id: storedId(id), fence });
    if (!found) return { kind: 'lease-lost' };
    const row: HeldRow = { ...found, id };

    const change = changeByTransition(transition, row, now);
    const news =
      transition.to !== row.state ||
      transition.reason?.code !== reasonCode(row) ||
      change.provider_document_id !== row.provider_document_id;
    const note = { at: now, details: settlementDetails(transition, fence, row.worker) };
    const settled = table.change(row, change, news ? note : undefined);
    const heldBehind = hasEnded(settled) ? end(settled, now) : [];
    return { kind: 'written', entry: settled, ...(heldBehind.length > 0 && { held: heldBehind }) };
  };
}

function reasonCode(row: DeliveryRow): string | undefined {
  return row.reason === null ? undefined : JSON.parse(row.reason).code;
}

/** Whose entries to make due now: the accounts of a provider, or all of them. */
export interface MakeDueNowQuery {
  readonly provider: string;
  readonly accounts?: readonly string[];
}

/** Prepares the write that makes what waits because of an outage due now. */
export function prepareMakeDueNow(database: DatabaseSync) {
  const makeDueNow = (whose: string) =>
    prepareQuery(
      database,
      `UPDATE deliveries SET due_at = :now
       WHERE provider = ${numberOfName('provider')} AND ${whose} AND due_at > :now AND worker IS NULL
       AND json_extract(reason, '$.outage') = 1`,
    );
  const all = makeDueNow('true');
  const ofAccount = makeDueNow(`account = ${numberOfName('account')}`);

  return ({ provider, accounts }: MakeDueNowQuery, now: number): number =>
    accounts
      ? accounts.reduce((sum, account) => sum + ofAccount.run({ provider, account, now }), 0)
      : all.run({ provider, now });
}
