import type { DatabaseSync } from 'node:sqlite';
import { settlementDetails } from '../../journal/details.js';
import { type DeliveryRow, deliveryColumns, type EntryRow } from '../entry-row.js';
import type { Hint, Settlement, SettleOutcome } from '../ledger-store.js';
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

type HintedRow = ChangeableRow & { readonly hinted_at: number | null };

/** Prepares the write that brings the next step of an entry forward. */
export function prepareHint(database: DatabaseSync, table: EntryTable) {
  const waiting = prepareQuery<HintedRow>(
    database,
    `SELECT row.id, row.sequence, row.provider, row.block, ${deliveryColumns.map((name) => `row.${name}`).join(', ')},
       deliveries.hinted_at
     FROM entry_rows AS row JOIN deliveries ON deliveries.sequence = row.sequence
     WHERE row.stored_id = :id AND row.version = :version AND row.state IN ('pending', 'unknown')
     AND row.worker IS NULL`,
  );
  const bringForward = prepareQuery(
    database,
    `UPDATE deliveries SET due_at = :due, hinted_at = :due, failures = max(failures - 1, 0)
     WHERE sequence = :sequence AND due_at > :due`,
  );

  return ({ id, version, everyMs, document }: Hint, now: number): boolean => {
    const found = waiting.one({ id: storedId(id), version });
    if (!found) return false;
    const { hinted_at: hintedAt, ...row } = found;
    const isNews = document !== undefined && row.provider_document_id === null;
    if (isNews) {
      const change = { provider_document_id: document.providerDocumentId };
      table.change(row, change, { at: now, details: document.details });
    }
    const due = Math.max(now, hintedAt === null ? now : hintedAt + Math.ceil(everyMs));
    return bringForward.run({ sequence: row.sequence, due }) > 0 || isNews;
  };
}
