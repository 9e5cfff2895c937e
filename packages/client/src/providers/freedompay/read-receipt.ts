import {
  defaultUtcOffsetHours,
  type ProviderReceipt,
  parseWireTime,
  readProviderReceipt,
} from '@fiscalkit/schemas';
import { readJson, textOf } from '../../transport/read-json.js';
import { type IdReadings, readId } from './fold-id.js';
import { isReceiptId } from './receipt-id.js';

/** Receipt with what only a comparison needs of it; callers get no buyer's data. */
export interface ShownReceipt extends ProviderReceipt {
  readonly customer?: { readonly email: string | null; readonly phone: string | null };
}

/** Content of a row of a list: a receipt, or the readable part of one. */
export type RowContent =
  | { readonly kind: 'receipt'; readonly receipt: ShownReceipt }
  | {
      readonly kind: 'unreadable';
      readonly receiptId: string | null;
      readonly paymentId: string | null;
    };

/** Row of a list, read only as far as needed: most rows are of other payments. */
export interface ListedRow {
  /** Key by which the row is recognised. */
  readonly key: string;
  readonly paymentId: string | null;
  /** Readings of the payment's id. */
  readonly shownId: IdReadings | null;
  /** Creation time, in milliseconds since 1970; `null` if not shown, `undefined` if it is no receipt. */
  readonly madeAt: number | null | undefined;
  readonly content: RowContent;
}

/** Parses the body of an answer about one receipt, `{ "data": { … } }`; returns `null` for any other. */
export function readReceipt(body: Uint8Array): ProviderReceipt | null {
  return receiptOf(dataOf(body));
}

/** Parses the body of a list, `{ "data": [ … ] }`; returns `null` if any part of it is unreadable. */
export function readReceipts(body: Uint8Array): ProviderReceipt[] | null {
  const receipts = listIn(body)?.map(receiptOf) ?? [null];
  return receipts.every((receipt) => receipt !== null) ? receipts : null;
}

/** Parses the body of a list row by row; returns `null` if it is no list. */
export function readRows(body: Uint8Array): ListedRow[] | null {
  return listIn(body)?.map((data) => new LazyRow(data)) ?? null;
}

/** Whether an answer about one receipt states that there is none. */
export function showsNothing(body: Uint8Array): boolean {
  const data = dataOf(body);
  return data === null || (Array.isArray(data) && data.length === 0);
}

function dataOf(body: Uint8Array): unknown {
  const envelope = readJson(body);
  return typeof envelope === 'object' && envelope !== null && 'data' in envelope ? envelope.data : undefined;
}

/** Returns the list of a body; none beside an error, which says what went wrong and not what exists. */
function listIn(body: Uint8Array): readonly unknown[] | null {
  const envelope = readJson(body);
  const { data, error, errors, success, is_success, ok } = Object(envelope);
  const hasFailed = [success, is_success, ok].includes(false) || isReported(error) || isReported(errors);
  return Array.isArray(data) && !hasFailed ? data : null;
}

function isReported(error: unknown): boolean {
  return typeof error === 'object' && error !== null ? Object.keys(error).length > 0 : Boolean(error);
}

function receiptOf(data: unknown): ProviderReceipt | null {
  const receipt = readProviderReceipt(data);
  return receipt && isReceiptId(receipt.receipt_id) ? receipt : null;
}

/** Returns the instant of a printed creation time; `null` if it is missing or unreadable. */
export function madeAtOf(text: string | null): number | null {
  if (text === null) return null;
  if (withZone.test(text)) return Date.parse(text);
  try {
    return parseWireTime(text, defaultUtcOffsetHours).getTime();
  } catch {
    return null;
  }
}

const withZone = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/;

/** Row that reads only the id at once, as the whole receipt is read; many searches may share it. */
class LazyRow implements ListedRow {
  readonly key: string;
  readonly paymentId: string | null;
  readonly #data: unknown;
  readonly #isReceipt: boolean;
  #shownId: IdReadings | null | undefined;
  #madeAt: number | null | undefined;
  #content: RowContent | undefined;

  constructor(data: unknown) {
    const { receipt_id, payment_id } = Object(data);
    const id = textOf(receipt_id);
    this.#data = data;
    this.#isReceipt = id !== null && isReceiptId(id);
    this.key = id !== null && this.#isReceipt ? id : (JSON.stringify(data) ?? '');
    this.paymentId = textOf(payment_id);
  }

  get shownId(): IdReadings | null {
    if (this.#shownId === undefined) this.#shownId = this.paymentId === null ? null : readId(this.paymentId);
    return this.#shownId;
  }

  get madeAt(): number | null | undefined {
    if (!this.#isReceipt) return undefined;
    if (this.#madeAt === undefined) {
      const { created_at } = Object(this.#data);
      this.#madeAt = madeAtOf(typeof created_at === 'string' ? created_at.trim() : null);
    }
    return this.#madeAt;
  }

  get content(): RowContent {
    this.#content ??= contentOf(this.#data);
    return this.#content;
  }
}

/** Returns the content of a row. An unknown status means that it exists, and is not known as rejected. */
function contentOf(data: unknown): RowContent {
  const receipt = receiptOf(data) ?? receiptOf({ ...Object(data), status: 'pending' });
  const { receipt_id, payment_id, customer } = Object(data);
  if (receipt !== null) {
    const { email, phone } = Object(customer);
    return {
      kind: 'receipt',
      receipt: { ...receipt, customer: { email: textOf(email), phone: textOf(phone) } },
    };
  }
  const id = textOf(receipt_id);
  const receiptId = id !== null && isReceiptId(id) ? id : null;
  return { kind: 'unreadable', receiptId, paymentId: textOf(payment_id) };
}
