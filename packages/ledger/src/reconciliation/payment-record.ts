import { isFiscalError, parseAmount } from '@fiscalkit/schemas';

/** Kinds of payments: money taken, money given back, and both of a shop that buys. */
export const paymentKinds = {
  sell: 'sell',
  refund: 'sell_refund',
  sell_refund: 'sell_refund',
  buy: 'buy',
  buy_refund: 'buy_refund',
} as const;

/** Operation type of the receipt that a payment asks for. */
export type PaymentType = (typeof paymentKinds)[keyof typeof paymentKinds];

/** A payment as a shop or its acquirer knows it. Checked at run time, whatever its type. */
export interface PaymentRecord {
  /** The `payment_id` of its receipt; a refund has that of its sale. */
  readonly paymentId: string | number;
  /** `sell` when absent. */
  readonly kind?: keyof typeof paymentKinds | undefined;
  /** Roubles or sums, with at most two decimals: `"100.50"`. Never below zero, also of a refund. */
  readonly amount: string | number;
  /** ISO 8601 with a zone: `2026-03-31T12:00:00+03:00`. */
  readonly time: Date | string;
  /** `RUB` or `UZS`; the merchant's own when absent. */
  readonly currency?: string | undefined;
  /** Line in the file that it is from; its number in the sequence when absent. */
  readonly line?: number | undefined;
}

/** A line of a file that is no payment. */
export interface UnreadableLine {
  readonly line: number;
  readonly unreadable: string;
}

/** A payment that was read. */
export interface Payment {
  readonly paymentId: string;
  readonly type: PaymentType;
  readonly amountMinor: number;
  readonly time: Date;
  readonly currency: Currency | null;
  readonly line: number;
}

/** A payment of the file, as it is compared. */
export interface PaymentRow {
  readonly type: PaymentType;
  readonly amountMinor: number;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly at: number;
  readonly line: number;
}

/** Countries by currency. */
export const currencies = { RUB: 'ru', UZS: 'uz' } as const;
export type Currency = keyof typeof currencies;

/** What is wrong with the lines of payments: permanent codes. */
export const paymentFaultCodes = [
  'payment.unreadable',
  'payment.id',
  'payment.kind',
  'payment.amount',
  'payment.scale',
  'payment.time',
  'payment.currency',
  'payment.duplicate',
  'payment.parts',
] as const;

/** A line that is not compared, and why. */
export interface PaymentFault {
  readonly line: number;
  readonly code: (typeof paymentFaultCodes)[number];
  readonly message: string;
}

const longestId = 255;
const withZone = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})$/;

/** Reads a payment; returns its first fault where it can't be compared. */
export function readPayment(record: PaymentRecord | UnreadableLine, line: number): Payment | PaymentFault {
  const given: Partial<Record<keyof PaymentRecord | 'unreadable', unknown>> = Object(record);
  const at = typeof given.line === 'number' ? given.line : line;
  const fault = (code: PaymentFault['code'], message: string): PaymentFault => ({ line: at, code, message });
  if (typeof given.unreadable === 'string') return fault('payment.unreadable', given.unreadable);
  const paymentId = idOf(given.paymentId);
  if (paymentId === null)
    return fault(
      'payment.id',
      `The payment id is a text of 1 to ${longestId} characters, or a whole number.`,
    );
  const kind = given.kind ?? 'sell';
  const type = typeof kind === 'string' && Object.hasOwn(paymentKinds, kind) ? typeOf(kind) : null;
  if (type === null)
    return fault('payment.kind', `The kind is one of ${Object.keys(paymentKinds).join(', ')}.`);
  const amountMinor = amountOf(given.amount);
  if (amountMinor === 'scale')
    return fault('payment.scale', 'The amount has more than two decimals: it is of another scale.');
  if (amountMinor === null)
    return fault('payment.amount', 'The amount is a plain decimal number that is not below zero: 100.50.');
  const time = timeOf(given.time);
  if (time === null)
    return fault('payment.time', 'The time is written in ISO 8601 with its zone: 2026-03-31T12:00:00+03:00.');
  const currency = currencyOf(given.currency);
  if (currency === undefined) return fault('payment.currency', 'The currency is RUB or UZS.');
  return { paymentId, type, amountMinor, time, currency, line: at };
}

function typeOf(kind: string): PaymentType {
  return paymentKinds[kind as keyof typeof paymentKinds];
}

function idOf(value: unknown): string | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? String(value) : null;
  const id = typeof value === 'string' ? value.trim().normalize('NFC') : '';
  return id !== '' && id.length <= longestId && id.isWellFormed() ? id : null;
}

function amountOf(value: unknown): number | 'scale' | null {
  if (typeof value !== 'string' && typeof value !== 'number') return null;
  try {
    return parseAmount(typeof value === 'string' ? value.trim() : value);
  } catch (error) {
    return isFiscalError(error) && error.code === 'amount.precision' ? 'scale' : null;
  }
}

function timeOf(value: unknown): Date | null {
  const time = typeof value === 'string' ? readTime(value.trim()) : value;
  return time instanceof Date && !Number.isNaN(time.getTime()) ? time : null;
}

function readTime(text: string): Date | null {
  // February 30 would be read as a day of March.
  const isOnCalendar = new Date(text.slice(0, 10)).getUTCDate() === Number(text.slice(8, 10));
  return withZone.test(text) && isOnCalendar ? new Date(text.replace(' ', 'T')) : null;
}

function currencyOf(value: unknown): Currency | null | undefined {
  if (value === undefined || value === null || value === '') return null;
  const code = typeof value === 'string' ? value.trim().toUpperCase() : '';
  return Object.hasOwn(currencies, code) ? (code as Currency) : undefined;
}
