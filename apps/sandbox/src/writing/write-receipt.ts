import type { ReceiptObject } from '@fiscalkit/schemas';
import { plainDigits } from './plain-digits.js';
import { rawNumber } from './raw-number.js';
import { writeName } from './write-name.js';
import { omittableFields, omittedFields, type WritingWay } from './writing-way.js';

type Fields = Readonly<Record<string, unknown>>;

const quantityDecimals = 3;
const minorPerMajor = 100;
const wordsOfPosition = ['vat_code', 'payment_method', 'payment_object', 'measure'] as const;

/** A receipt as the provider shows it who writes in these ways. */
export function writeReceipt(receipt: ReceiptObject, writing: readonly WritingWay[]): Fields {
  if (writing.length === 0) return { ...receipt };
  const isWritten = (way: WritingWay) => writing.includes(way);
  const number = isWritten('text-numbers') ? String : (value: number) => value;
  const word = isWritten('upper-words') ? (text: string) => text.toUpperCase() : (text: string) => text;
  const id = isWritten('number-ids') ? writeId : (text: string) => text;

  const positions = receipt.positions.map(({ name, quantity, price, sum, ...rest }) => ({
    ...withWords(rest, wordsOfPosition, word),
    name: writeName(name, writing),
    quantity: isWritten('long-quantities') ? quantity.toFixed(quantityDecimals) : number(quantity),
    price: number(price),
    sum: number(sum),
  }));
  const omitted = omittedFields(writing);
  const total = isWritten('minor-total') ? Math.round(receipt.total * minorPerMajor) : receipt.total;
  const written = {
    ...withWords(receipt, ['operation_type', 'status'], word),
    merchant_id: id(receipt.merchant_id),
    payment_id: id(receipt.payment_id),
    receipt_id:
      plainDigits(receipt.receipt_id) === receipt.receipt_id ? id(receipt.receipt_id) : receipt.receipt_id,
    positions: (isWritten('reversed') ? positions.reverse() : positions).map((position) =>
      without(position, omittableFields.position, omitted),
    ),
    total: number(total),
    settlements: receipt.settlements.map(({ type, sum }) => ({ type: word(type), sum: number(sum) })),
  };
  return without(written, omittableFields.receipt, omitted);
}

/** Digits as a number, which has no zeros in front. */
function writeId(text: string): string | object {
  return /^\d+$/.test(text) ? rawNumber(plainDigits(text)) : text;
}

function withWords(fields: object, names: readonly string[], word: (text: string) => string): Fields {
  const entries = Object.entries(fields).map(([name, value]: [string, unknown]) =>
    names.includes(name) && typeof value === 'string' ? [name, word(value)] : [name, value],
  );
  return Object.fromEntries(entries);
}

function without(fields: Fields, possible: readonly string[], omitted: ReadonlySet<string>): Fields {
  if (omitted.size === 0) return fields;
  const left = Object.entries(fields).filter(([name]) => !(omitted.has(name) && possible.includes(name)));
  return Object.fromEntries(left);
}
