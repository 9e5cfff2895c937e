import { readReceiptLink } from '@fiscalkit/schemas';
import type { Entry } from '../entry/entry.js';
import { callersKeyOf, hashOfTotal, hashOfValue, outcomeValues, searchValue } from './search-hashes.js';

/** What a person looks for: an id, a payment, a key, a fiscal number or sign, a link or a total. */
export interface SearchTerm {
  /** As it was given, without blanks around it. */
  readonly text: string;
  /** The same as the id of an entry; `null` for what is none. */
  readonly id: string | null;
  /** The same as an amount, in minor units; `null` for what is none. */
  readonly totalMinor: number | null;
  /** Fiscal numbers of the link or QR code, in the form of the index; all of them must be an entry's. */
  readonly numbers: readonly string[];
  /** Keys of the index that entries may be found under, each a number of 30 bits. */
  readonly hashes: readonly number[];
}

/** Longest term that is looked for. */
export const longestTerm = 1_024;

const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;
const amount = /^(\d{1,13})(?:[.,](\d{1,2}))?$/;

/** Reads what a person looks for. */
export function searchTermOf(given: string): SearchTerm {
  const text = given.trim();
  const [, whole, cents = ''] = amount.exec(text) ?? [];
  const totalMinor = whole === undefined ? null : Number(whole) * 100 + Number(cents.padEnd(2, '0'));
  const numbers = numbersOfLink(text);
  const hashes = [
    hashOfValue(searchValue(text)),
    ...(totalMinor === null ? [] : [hashOfTotal(totalMinor)]),
    ...numbers.slice(-1).map(hashOfValue),
  ];
  return { text, id: uuid.test(text) ? text.toLowerCase() : null, totalMinor, numbers, hashes };
}

/** Returns the numbers of a link or QR code that name a receipt, the most telling last; none where it has none. */
function numbersOfLink(text: string): string[] {
  if (!text.includes('=') && !text.includes('://')) return [];
  try {
    const { mark, numbers } = readReceiptLink(text);
    const sign = mark?.country === 'uz' ? mark.fiscal_sign : numbers.fiscal_attribute;
    const document = mark?.country === 'uz' ? mark.receipt_number : numbers.fiscal_document_number;
    if (sign === null) return [];
    return [...(document === null ? [] : [document]), sign].map(searchValue);
  } catch {
    return [];
  }
}

/** Whether this is the entry that a person looks for, or one of them. */
export function matchesTerm(entry: Entry, term: SearchTerm): boolean {
  const { text, id, totalMinor, numbers } = term;
  if (entry.id === id || entry.facets.paymentId === text || entry.idempotencyKey === text) return true;
  if (callersKeyOf(entry.idempotencyKey) === searchValue(text)) return true;
  if (totalMinor !== null && entry.facets.totalMinor === totalMinor) return true;
  const values = new Set(outcomeValues(entry));
  return values.has(searchValue(text)) || (numbers.length > 0 && numbers.every((each) => values.has(each)));
}
