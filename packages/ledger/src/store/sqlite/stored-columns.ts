import type { DatabaseSync } from 'node:sqlite';
import { previousVersion } from '../../entry/operator-action.js';
import { sha256Hex } from '../../journal/digest.js';
import type { EntryRow, NewEntryRow } from '../entry-row.js';
import type { Names } from './names.js';
import { prepareQuery } from './query.js';

/** The columns of a new entry that are stored in another form than rows have them. */
export interface StoredColumns {
  readonly id: StoredId;
  readonly merchant: number;
  readonly provider: number;
  readonly operation: number;
  readonly account: number;
  readonly key: Uint8Array;
  readonly queue: number;
  readonly idempotency_key: string | null;
  readonly content_digest: Uint8Array | string;
  readonly reference: string | null;
  readonly previous: number | null;
}

/** Prepares the conversion of what is known of a new entry into the form that it is stored in. */
export function prepareStoredColumns(
  database: DatabaseSync,
  names: Names,
): (row: NewEntryRow) => StoredColumns {
  const sequenceOf = prepareQuery<{ sequence: number }>(
    database,
    'SELECT sequence FROM entries WHERE id = :id AND merchant = :merchant',
  );

  return (row) => {
    const merchant = names.numberOf(row.merchant);
    const previousId = previousVersion(row.idempotency_key);
    const previous = previousId === null ? undefined : sequenceOf.one({ id: storedId(previousId), merchant });
    const digest = storedDigest(row.content_digest);
    const isDerived = typeof digest !== 'string' && row.idempotency_key === `content:${row.content_digest}`;
    return {
      id: storedId(row.id),
      merchant,
      provider: names.numberOf(row.provider),
      operation: names.numberOf(row.operation),
      account: names.numberOf(row.account),
      key: keyOf(row),
      queue: queueOf(row.ordering_key),
      idempotency_key: isDerived ? null : row.idempotency_key,
      content_digest: digest,
      reference: row.reference === row.id ? null : row.reference,
      previous: previous?.sequence ?? null,
    };
  };
}

/** A UUID as its bytes, any other id as it is. */
export type StoredId = Uint8Array | string;

/** Returns the id in the form that it is stored in. */
export function storedId(id: string): StoredId {
  return /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/.test(id)
    ? Buffer.from(id.replaceAll('-', ''), 'hex')
    : id;
}

/** Returns a SHA-256 in hex as its bytes, any other text as it is. */
export function storedDigest(digest: string): Uint8Array | string {
  return /^[\da-f]{64}$/.test(digest) ? Buffer.from(digest, 'hex') : digest;
}

/** Returns the first bytes of the digest of merchant and idempotency key, by which an entry is unique. */
export function keyOf({
  merchant,
  idempotency_key,
}: Pick<EntryRow, 'merchant' | 'idempotency_key'>): Uint8Array {
  return Buffer.from(digestOf([merchant, idempotency_key]).slice(0, 32), 'hex');
}

/**
 * Returns the number of an ordering key. Where two had the same, their entries would go one after the other
 * as well.
 */
export function queueOf(orderingKey: string): number {
  return numberOf([orderingKey]);
}

/** What an entry may wait for: the receipts of one type of a merchant's payment. */
export type Sale = Pick<EntryRow, 'merchant' | 'operation' | 'payment_id'> & {
  readonly operation_type: string | null;
};

/** Returns the number of a sale. Where two had the same, what waits for one is reviewed after the other. */
export function saleOf({ merchant, operation, payment_id, operation_type }: Sale): number {
  return numberOf([merchant, operation, payment_id, operation_type]);
}

/** 48 bits, which every program reads exactly. */
function numberOf(parts: readonly unknown[]): number {
  return Number.parseInt(digestOf(parts).slice(0, 12), 16);
}

function digestOf(parts: readonly unknown[]): string {
  return sha256Hex(JSON.stringify(parts));
}
