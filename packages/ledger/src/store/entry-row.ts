import type { Entry, EntryState, NewEntry } from '../entry/entry.js';
import { saleDependency, saleRejectedReason } from '../entry/sale-dependency.js';
import type { FrozenColumns } from '../journal/details.js';
import { textNotStorable } from './errors.js';

/** An entry as the table holds it: times in milliseconds, objects as JSON. */
export interface EntryRow extends FrozenColumns {
  readonly sequence: number;
  readonly id: string;
  readonly account: string;
  readonly state: EntryState;
  readonly accepted_at: number;
  readonly changed_at: number;
  readonly due_at: number | null;
  /** Who holds the lease, until `due_at`; `null` when nobody does. */
  readonly worker: string | null;
  readonly fence: number;
  readonly attempts: number;
  readonly failures: number;
  readonly first_attempt_at: number | null;
  readonly last_attempt_at: number | null;
  readonly provider_document_id: string | null;
  readonly registration: string | null;
  /** Newest reissue, as `reissueText` writes it. */
  readonly reissue: string | null;
  readonly reason: string | null;
  /** What it depends on, as long as it is not to be sent because that is not registered; else `null`. */
  readonly awaits: string | null;
  /** Version and hash of the entry's last journal row. */
  readonly version: number;
  readonly hash: string;
  /** The block that the row is in, where the journal is kept in blocks. */
  readonly block?: number;
}

/** The columns that are written once, when the entry is accepted. */
export const frozenColumns = [
  'id',
  'merchant',
  'provider',
  'operation',
  'idempotency_key',
  'content_digest',
  'claims',
  'ordering_key',
  'payment_id',
  'operation_type',
  'total_minor',
  'document',
  'reference',
  'business_time',
  'body',
  'depends_on',
  'accepted_at',
] as const satisfies readonly (keyof EntryRow)[];

/** The columns that delivery changes. */
export const deliveryColumns = [
  'account',
  'state',
  'changed_at',
  'due_at',
  'worker',
  'fence',
  'attempts',
  'failures',
  'first_attempt_at',
  'last_attempt_at',
  'provider_document_id',
  'registration',
  'reissue',
  'reason',
  'awaits',
  'version',
  'hash',
] as const satisfies readonly (keyof EntryRow)[];

/** What of an entry its delivery changes. */
export type DeliveryRow = Pick<EntryRow, (typeof deliveryColumns)[number]>;

function withoutDocument(row: NewEntryRow): Omit<NewEntry, 'document'> {
  return {
    id: row.id,
    merchant: row.merchant,
    provider: row.provider,
    account: row.account,
    operation: row.operation,
    idempotencyKey: row.idempotency_key,
    contentDigest: row.content_digest,
    uniqueKeys: JSON.parse(row.claims),
    orderingKey: row.ordering_key,
    facets: {
      paymentId: row.payment_id,
      operationType: row.operation_type,
      totalMinor: row.total_minor,
    },
    request: {
      operation: row.operation,
      reference: row.reference,
      businessTime: new Date(row.business_time),
      body: plainBytes(row.body),
    },
  };
}

/** Reads a table row as an entry. */
export function entryOfRow(row: EntryRow): Entry {
  return Object.assign(new UnreadDocument(() => JSON.parse(row.document)), {
    ...withoutDocument(row),
    sequence: row.sequence,
    acceptedAt: new Date(row.accepted_at),
    ...deliveryOf(row),
    reissues: 0,
    ...(row.reissue !== null && reissuedOf(row, row.reissue)),
  });
}

/** Returns what the newest reissue changes in an entry. */
function reissuedOf(
  { operation, business_time }: Pick<EntryRow, 'operation' | 'business_time'>,
  text: string,
): Pick<Entry, 'request' | 'reissues'> {
  const { number, reference, body } = JSON.parse(text);
  const businessTime = new Date(business_time);
  return {
    reissues: number,
    request: { operation, reference, businessTime, body: plainBytes(Buffer.from(body, 'base64')) },
  };
}

/** Returns an entry with its current delivery; its document is still parsed only on access. */
export function entryWithDelivery(entry: Entry, row: DeliveryRow): Entry {
  return Object.assign(new UnreadDocument(() => entry.document), {
    id: entry.id,
    merchant: entry.merchant,
    provider: entry.provider,
    operation: entry.operation,
    idempotencyKey: entry.idempotencyKey,
    contentDigest: entry.contentDigest,
    uniqueKeys: entry.uniqueKeys,
    orderingKey: entry.orderingKey,
    facets: entry.facets,
    request: entry.request,
    sequence: entry.sequence,
    acceptedAt: entry.acceptedAt,
    ...deliveryOf(row),
    reissues: entry.reissues,
    ...(row.reissue !== null && reissuedOf(newEntryTime(entry), row.reissue)),
  });
}

function newEntryTime({ operation, request }: Entry): Pick<EntryRow, 'operation' | 'business_time'> {
  return { operation, business_time: request.businessTime.getTime() };
}

function deliveryOf(
  row: DeliveryRow,
): Omit<Entry, Exclude<keyof NewEntry, 'account'> | 'sequence' | 'acceptedAt' | 'reissues'> {
  return {
    account: row.account,
    state: row.state,
    version: row.version,
    changedAt: new Date(row.changed_at),
    dueAt: dateOrNull(row.due_at),
    attempts: row.attempts,
    failures: row.failures,
    firstAttemptAt: dateOrNull(row.first_attempt_at),
    lastAttemptAt: dateOrNull(row.last_attempt_at),
    providerDocumentId: row.provider_document_id,
    registration: row.registration === null ? null : JSON.parse(row.registration),
    reason: row.reason === null ? null : JSON.parse(row.reason),
  };
}

function dateOrNull(milliseconds: number | null): Date | null {
  return milliseconds === null ? null : new Date(milliseconds);
}

/** The same memory; drivers give subclasses of their own. */
function plainBytes({ buffer, byteOffset, byteLength }: Uint8Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** What of a table row is known before the store has taken the entry. */
export type NewEntryRow = Pick<EntryRow, Exclude<(typeof frozenColumns)[number], 'accepted_at'> | 'account'>;

/**
 * Throws a `FiscalError` with code `ledger.text` for half a character in a text: in UTF-8 it would become another
 * one, which the journal does not tell of.
 */
export function assertStorable(entry: NewEntry): void {
  if (!textsOf(entry).join('\n').isWellFormed()) throw textNotStorable();
}

/** A new entry as columns. Throws as `assertStorable`. */
export function newEntryRow(entry: NewEntry): NewEntryRow {
  assertStorable(entry);
  return {
    id: entry.id,
    merchant: entry.merchant,
    provider: entry.provider,
    account: entry.account,
    operation: entry.operation,
    idempotency_key: entry.idempotencyKey,
    content_digest: entry.contentDigest,
    claims: JSON.stringify(entry.uniqueKeys),
    ordering_key: entry.orderingKey,
    payment_id: entry.facets.paymentId,
    operation_type: entry.facets.operationType,
    total_minor: entry.facets.totalMinor,
    document: JSON.stringify(entry.document),
    reference: entry.request.reference,
    business_time: entry.request.businessTime.getTime(),
    body: ownMemory(entry.request.body),
    depends_on: saleDependency(entry),
  };
}

/** What is stored as it is; JSON writes half a character as an escape. */
function textsOf({ facets, request, ...entry }: NewEntry): readonly (string | null)[] {
  const { id, merchant, provider, account, operation, idempotencyKey, contentDigest, orderingKey } = entry;
  return [
    ...[id, merchant, provider, account, operation, idempotencyKey, contentDigest, orderingKey],
    ...[facets.paymentId, facets.operationType, request.reference, ...entry.uniqueKeys],
  ];
}

/** Copies the bytes: on its way to another thread, a part of a larger buffer takes the whole buffer along. */
function ownMemory(bytes: Uint8Array): Uint8Array {
  return bytes.byteLength === bytes.buffer.byteLength ? bytes : new Uint8Array(bytes);
}

/** What the store added to a new entry when it took it; times in milliseconds. */
export type AcceptedPlace = Pick<EntryRow, 'sequence' | 'accepted_at' | 'due_at'> & {
  /** Whether it is held, because the sale that it depends on was rejected. */
  readonly held: boolean;
};

/** A new entry as the store keeps it from then on. */
export function acceptedEntry(
  { onTwin: _, ...entry }: NewEntry,
  { sequence, accepted_at, due_at, held }: AcceptedPlace,
): Entry {
  const acceptedAt = new Date(accepted_at);
  return {
    ...entry,
    sequence,
    state: 'accepted',
    version: held ? 2 : 1,
    acceptedAt,
    changedAt: acceptedAt,
    dueAt: due_at === null ? null : new Date(due_at),
    attempts: 0,
    failures: 0,
    firstAttemptAt: null,
    lastAttemptAt: null,
    providerDocumentId: null,
    reissues: 0,
    registration: null,
    reason: held ? saleRejectedReason : null,
  };
}

/**
 * A document that is read when it is first looked at, because delivery never looks: it sends the frozen
 * bytes. The accessor is the object's own, so that copies bring the document along, and one for all objects:
 * with one each, no two would share a hidden class, and every look at any of their fields would be a search.
 */
export class UnreadDocument {
  static readonly #accessor: PropertyDescriptor & ThisType<UnreadDocument> = {
    enumerable: true,
    get() {
      this.#document ??= this.#read();
      return this.#document;
    },
  };

  declare readonly document: Entry['document'];
  readonly #read: () => Entry['document'];
  #document: Entry['document'] | null = null;

  constructor(read: () => Entry['document']) {
    this.#read = read;
    Object.defineProperty(this, 'document', UnreadDocument.#accessor);
  }
}
