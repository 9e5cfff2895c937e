import type { ReceiptObject } from '@fiscalkit/schemas';
import { numberIn, omittableFields, omittedFields, type WritingWay } from './writing-way.js';

type Fields = Readonly<Record<string, unknown>>;

const quantityDecimals = 3;
const minorPerMajor = 100;
const wordsOfPosition = ['vat_code', 'payment_method', 'payment_object', 'measure'] as const;

/** Returns a receipt as a provider shows it that writes in these ways. */
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

/** Returns an id of digits as a number, which has no leading zeros. */
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

/** Number of characters that a register prints on a line. */
const lineLength = 32;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '"': '&quot;',
  "'": '&#39;',
  '<': '&lt;',
  '>': '&gt;',
};

/** Returns the name of a position as a register keeps it; the ways are applied one after the other. */
export function writeName(name: string, writing: readonly WritingWay[]): string {
  return writing.reduce(writeOnce, name);
}

function writeOnce(name: string, way: WritingWay): string {
  switch (way) {
    case 'cp866':
      return toCp866(name, '?');
    case 'cp866-blank':
      return toCp866(name, ' ');
    case 'cp866-drop':
      return toCp866(name, '');
    case 'yo':
      return name.replaceAll('ё', 'е').replaceAll('Ё', 'Е');
    case 'upper':
      return name.toUpperCase();
    case 'lower':
      return name.toLowerCase();
    case 'html':
      return name.replaceAll(/[&"'<>]/g, (character) => entities[character] ?? character);
    default:
      return way === 'cut' || way.startsWith('cut:')
        ? cutTo(name, numberIn([way], 'cut') ?? lineLength)
        : name;
  }
}

function cutTo(name: string, length: number): string {
  return [...name].slice(0, length).join('');
}

/** Characters of code page 866, in which cash registers keep texts. */
const cp866 = new Set(
  new TextDecoder('ibm866').decode(Uint8Array.from({ length: 224 }, (_, index) => index + 32)),
);

/** Replaces every character that code page 866 lacks. */
function toCp866(text: string, substitute: string): string {
  return [...text].map((character) => (cp866.has(character) ? character : substitute)).join('');
}

declare global {
  interface JSON {
    /** Value that `JSON.stringify` writes as the given text; not in the compiler's library yet. */
    rawJSON(text: string): object;
  }
}

/** Returns a number that is written with all of its digits, however large it is. */
function rawNumber(digits: string): object {
  return JSON.rawJSON(digits);
}

/** Returns an id as a provider spells it that stores numbers: digits lose their leading zeros. */
function plainDigits(id: string): string {
  return /^\d+$/.test(id) ? id.replace(/^0+(?=\d)/, '') : id;
}

/** Returns the payment id as shown, by which the list finds the receipt with `own-id-filter`. */
export function shownPaymentId(paymentId: string, writing: readonly WritingWay[]): string {
  return writing.includes('number-ids') ? plainDigits(paymentId) : paymentId;
}
