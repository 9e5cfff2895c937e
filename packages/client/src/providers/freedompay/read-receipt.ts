import {
  defaultUtcOffsetHours,
  type ProviderReceipt,
  parseWireTime,
  readProviderReceipt,
} from '@fiscalkit/schemas';
import { readJson } from '../../transport/read-json.js';
import { type IdReadings, readId } from './fold-id.js';
import { isReceiptId } from './receipt-id.js';

/** A receipt, with what only a comparison needs of it; nobody else is handed a buyer's data. */
export interface ShownReceipt extends ProviderReceipt {
  readonly customer?: { readonly email: string | null; readonly phone: string | null };
}

/** What a row of a list is about: a receipt, or what can be told of one that can't be read. */
export type RowContent =
  | { readonly kind: 'receipt'; readonly receipt: ShownReceipt }
  | {
      readonly kind: 'unreadable';
      readonly receiptId: string | null;
      readonly paymentId: string | null;
    };

/** A row of a list, of which no more is read than is asked for: most rows are of other payments. */
export interface ListedRow {
  /** What the row is known again by. */
  readonly key: string;
  readonly paymentId: string | null;
  /** The readings of the payment's id. */
  readonly shownId: IdReadings | null;
  /** When it was made, in milliseconds since 1970; `null` if that is not shown, `undefined` of what is no receipt. */
  readonly madeAt: number | null | undefined;
  readonly content: RowContent;
}

/** Reads the body of an answer about one receipt, `{ "data": { … } }`; `null` when it is not one. */
export function readReceipt(body: Uint8Array): ProviderReceipt | null {
  return receiptOf(dataOf(body));
}

/** Reads the body of a list, `{ "data": [ … ] }`; `null` when any part of it can't be read. */
export function readReceipts(body: Uint8Array): ProviderReceipt[] | null {
  const receipts = listIn(body)?.map(receiptOf) ?? [null];
  return receipts.every((receipt) => receipt !== null) ? receipts : null;
}

/** Reads the body of a list row by row; `null` when it is no list. */
export function readRows(body: Uint8Array): ListedRow[] | null {
  return listIn(body)?.map((data) => new LazyRow(data)) ?? null;
}

/** Whether an answer about one receipt says in so many words that there is none. */
export function showsNothing(body: Uint8Array): boolean {
  const data = dataOf(body);
  return data === null || (Array.isArray(data) && data.length === 0);
}

function dataOf(body: Uint8Array): unknown {
  const envelope = readJson(body);
  return typeof envelope === 'object' && envelope !== null && 'data' in envelope ? envelope.data : undefined;
}

/** A list that stands beside an error says what went wrong, not what is there. */
function listIn(body: Uint8Array): readonly unknown[] | null {
  const envelope = readJson(body);
  const { data, error, errors, success, is_success, ok } = Object(envelope);
  const hasFailed = [success, is_success, ok].includes(false) || isTold(error) || isTold(errors);
  return Array.isArray(data) && !hasFailed ? data : null;
}

function isTold(error: unknown): boolean {
  return typeof error === 'object' && error !== null ? Object.keys(error).length > 0 : Boolean(error);
}

function receiptOf(data: unknown): ProviderReceipt | null {
  const receipt = readProviderReceipt(data);
  return receipt && isReceiptId(receipt.receipt_id) ? receipt : null;
}

/** The instant of a printed creation time; `null` when it is not shown, or not readable. */
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

/** Reads the id at once, as the whole receipt is read, and the rest once it is asked for; many searches may share a row. */
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

/** A receipt whose status is a word that nobody knows is there all the same, and not known to be rejected. */
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

function textOf(value: unknown): string | null {
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() || null : null;
}
