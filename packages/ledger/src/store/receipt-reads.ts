import type { Registration } from '@fiscalkit/client';
import { registerOfOthers } from '../entry/accounts.js';
import type { Entry, EntryState } from '../entry/entry.js';

/** Operation under which receipts are stored. */
export const receiptOperation = 'receipt';

/** Operation under which corrections are stored. */
export const correctionOperation = 'correction';

/** Operations of comparisons and reports, as SQL texts. */
export const receiptOperations = [receiptOperation, correctionOperation]
  .map((name) => `'${name}'`)
  .join(', ');

/** Milliseconds from acceptance to registration from which a registration is late, and has an index of its own. */
export const lateAfterMs = 86_400_000;

/** A receipt or correction as comparisons and reports read it: without the frozen bytes. */
export interface StoredReceipt
  extends Pick<
    Entry,
    'sequence' | 'id' | 'provider' | 'account' | 'state' | 'acceptedAt' | 'changedAt' | 'providerDocumentId'
  > {
  /** Empty for a correction that names no payment. */
  readonly paymentId: string;
  readonly operationType: string | null;
  readonly totalMinor: number | null;
  /** Operation type that it waits for or waited for: a refund's sale, a closing receipt's prepayment. */
  readonly dependsOn: string | null;
  readonly format: string | null;
  readonly registration: Registration | null;
  /** Code of the reason why the last step did not lead to the registration. */
  readonly reasonCode: string | null;
  /** The normalised document; only where it was asked for. */
  readonly document: Entry['document'] | null;
}

/** Receipts of payments to read. */
export interface PaymentsQuery {
  readonly merchant: string;
  readonly paymentIds: readonly string[];
}

/** Receipts to read in the order of a time and then of their sequence. */
export interface ReceiptSliceQuery {
  readonly merchant: string;
  /** Behind which the slice begins; `null` for the first. */
  readonly behind: ReceiptPosition | null;
  readonly limit: number;
  readonly withDocuments: boolean;
}

/** Position of a receipt: the time by which it is read, in milliseconds since 1970-01-01 UTC, and its sequence. */
export interface ReceiptPosition {
  readonly at: number;
  readonly sequence: number;
}

/** Receipts that were accepted in a window, the oldest first. */
export interface AcceptedReceiptsQuery extends ReceiptSliceQuery {
  readonly from: Date;
  /** Exclusive. */
  readonly before: Date;
}

/** Receipts whose registration was known more than `lateAfterMs` after they were accepted, by that time. */
export interface LateReceiptsQuery extends ReceiptSliceQuery {
  readonly registeredFrom: Date;
}

/** Number and hash of a seal of the journal, as `verify --seal` takes them. */
export interface SealMark {
  readonly number: number;
  readonly hash: string;
}

/** Reads of any number of receipts, beside what writes. */
export interface ReceiptReads {
  /** All receipts of these payments, in the order of their acceptance. */
  receiptsOfPayments(query: PaymentsQuery): Promise<StoredReceipt[]>;
  receiptsAccepted(query: AcceptedReceiptsQuery): Promise<StoredReceipt[]>;
  receiptsRegisteredLate(query: LateReceiptsQuery): Promise<StoredReceipt[]>;
  /** The newest seal of the journal; `null` while there is none. */
  lastSeal(): Promise<SealMark | null>;
}

/** A table row of a stored receipt: times in milliseconds, objects as JSON. */
export interface StoredReceiptRow {
  readonly sequence: number;
  readonly id: string;
  readonly provider: string;
  readonly account: string;
  readonly state: EntryState;
  readonly accepted_at: number;
  readonly changed_at: number;
  readonly payment_id: string;
  readonly operation_type: string | null;
  readonly total_minor: number | null;
  readonly depends_on: string | null;
  readonly provider_document_id: string | null;
  readonly registration: string | null;
  readonly reason_code: string | null;
  readonly receipt_format: string | null;
  readonly document: string | null;
}

/** Reads a table row as a receipt. */
export function storedReceiptOfRow(row: StoredReceiptRow): StoredReceipt {
  return {
    sequence: row.sequence,
    id: row.id,
    provider: row.provider,
    account: row.account,
    state: row.state,
    acceptedAt: new Date(row.accepted_at),
    changedAt: new Date(row.changed_at),
    paymentId: row.payment_id,
    operationType: row.operation_type,
    totalMinor: row.total_minor,
    dependsOn: row.depends_on,
    providerDocumentId: row.provider_document_id,
    registration: row.registration === null ? null : JSON.parse(row.registration),
    reasonCode: row.reason_code,
    format: row.receipt_format,
    // Most are never looked at: a report reads more than it counts.
    get document() {
      return row.document === null ? null : JSON.parse(row.document);
    },
  };
}

/** Receipts that a slice holds: documents weigh more. */
const slice = { plain: 500, withDocuments: 100 };

/** Reads slice after slice to the end; nothing is open between two. */
export async function* inReceiptSlices(
  withDocuments: boolean,
  read: (slice: ReceiptSliceRequest) => Promise<StoredReceipt[]>,
  timeOf: (receipt: StoredReceipt) => Date,
): AsyncGenerator<readonly StoredReceipt[], void, undefined> {
  const limit = withDocuments ? slice.withDocuments : slice.plain;
  let behind: ReceiptPosition | null = null;
  for (;;) {
    const receipts: StoredReceipt[] = await read({ behind, limit, withDocuments });
    // What another system registered is in its own books.
    const own = receipts.filter(({ account }) => account !== registerOfOthers);
    if (own.length > 0) yield own;
    const last = receipts.at(-1);
    if (last === undefined || receipts.length < limit) return;
    behind = { at: timeOf(last).getTime(), sequence: last.sequence };
  }
}

/** The place of a slice. */
export type ReceiptSliceRequest = Pick<ReceiptSliceQuery, 'behind' | 'limit' | 'withDocuments'>;
