import { hash } from 'node:crypto';
import type { NewEntry } from '../../entry/entry.js';
import { saleDependency } from '../../entry/sale-dependency.js';

/**
 * What the database locks, orders and finds an entry by. All are the begin of a SHA-256: nobody can choose
 * names that meet another's.
 */
export interface EntryNumbers {
  /** Of merchant and idempotency key, as a UUID. */
  readonly key: string;
  /** Of the ordering key. */
  readonly queue: bigint;
  /** Of the sale that the entry is; `null` where nothing can depend on it. */
  readonly sale: bigint | null;
  /** Of the sale that it depends on. */
  readonly awaited: bigint | null;
  /** What is locked before the entry is accepted, each once. */
  readonly locks: readonly bigint[];
}

/** Returns the numbers of a new entry. */
export function entryNumbers(entry: NewEntry): EntryNumbers {
  const { merchant, operation, facets } = entry;
  const key = digest('key', merchant, entry.idempotencyKey);
  const queue = numberOf(digest('order', '', entry.orderingKey));
  const saleOf = (type: string | null) =>
    type === null ? null : numberOf(digest('sale', merchant, `${type}:${facets.paymentId}`));
  const isSale =
    operation === 'receipt' && (facets.operationType === 'sell' || facets.operationType === 'buy');
  const awaited = saleOf(saleDependency(entry));
  const uniqueKeys = entry.uniqueKeys.map((name) => numberOf(digest('claim', merchant, name)));
  const locks = new Set([queue, numberOf(key), ...uniqueKeys, ...(awaited === null ? [] : [awaited])]);
  return {
    key: uuidOf(key),
    queue,
    sale: isSale ? saleOf(facets.operationType) : null,
    awaited,
    locks: [...locks],
  };
}

/** Returns what the entry with this key of the merchant is found by: the same as the SQL function `entry_key`. */
export function entryKey(merchant: string, idempotencyKey: string): string {
  return uuidOf(digest('key', merchant, idempotencyKey));
}

function digest(kind: string, merchant: string, name: string): Buffer {
  return hash('sha256', `${kind}\x1f${merchant}\x1f${name}`, 'buffer');
}

/** The same as the SQL function `name_number`. */
function numberOf(digest: Buffer): bigint {
  return digest.readBigInt64BE();
}

function uuidOf(digest: Buffer): string {
  return digest.toString('hex', 0, 16);
}
