import type { Registration } from '@fiscalkit/client';
import { readReceiptLink } from '@fiscalkit/schemas';
import type { Entry } from '../entry/entry.js';
import { sha256Hex } from '../journal/digest.js';

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

/** Returns the key as its caller gave it, in the form of the index; `null` for one that the ledger made. */
function callersKeyOf(idempotencyKey: string): string | null {
  const [, key] = /^(?:part:[^:]*:)?key:(.*)$/s.exec(idempotencyKey) ?? [];
  return key === undefined ? null : searchValue(key);
}

/** The keys under which an entry may be stored whose caller gave this one. */
export function storedKeysOf({ text }: SearchTerm): string[] {
  return [text, `key:${text}`];
}

/** What of an entry is known once it was sent: the provider's id, fiscal numbers and link. */
interface Outcome {
  readonly providerDocumentId: string | null;
  readonly registration: Registration | null;
}

/** Returns the values under which the outcome of an entry is found, each once. */
function outcomeValues({ providerDocumentId, registration }: Outcome): string[] {
  const { mark = null, link = null, providerDocumentId: registeredAs = null } = registration ?? {};
  const ofMark =
    mark?.country === 'uz'
      ? [mark.receipt_number, mark.fiscal_sign]
      : [mark?.fiscal_document_number, mark?.fiscal_attribute];
  const values = [providerDocumentId, registeredAs, ...ofMark, link];
  return [...new Set(values.filter((value) => typeof value === 'string').map(searchValue))];
}

/** The form of a value in which it is compared: people leave out leading zeros. */
function searchValue(value: string): string {
  return value.trim().replace(/^0+(?=\d+$)/, '');
}

/** Returns the names of the positions of a document, as they are written. */
export function positionNamesOf({ positions }: Entry['document']): string[] {
  if (!Array.isArray(positions)) return [];
  return positions.map((position) => Object(position).name).filter((name) => typeof name === 'string');
}

/** Returns the keys under which an entry is found from its acceptance on, each once. */
export function acceptanceHashes(entry: {
  readonly merchant: string;
  readonly idempotencyKey: string;
  readonly totalMinor: number | null;
  readonly positionNames: readonly string[];
}): number[] {
  const { merchant, totalMinor, positionNames } = entry;
  const key = callersKeyOf(entry.idempotencyKey);
  const totals = totalMinor === null ? [] : [hashOfTotal(totalMinor), hashOfOwnTotal(merchant, totalMinor)];
  const names = positionNames.map((name) => hashOfName(merchant, name));
  return [...new Set([...(key === null ? [] : [hashOfValue(key)]), ...totals, ...names])];
}

/** Returns the keys under which the outcome of an entry is found: not a link that has the sign in it, as most do. */
export function outcomeHashes(outcome: Outcome): number[] {
  const values = outcomeValues(outcome);
  const isDerivable = (value: string) => values.includes(numbersOfLink(value).at(-1) ?? '');
  return values.filter((value) => !isDerivable(value)).map(hashOfValue);
}

/** The key of a provider's id, a fiscal number or sign, or a link. */
function hashOfValue(value: string): number {
  return hashOf('value', value);
}

/** The key of a total, of all merchants. */
function hashOfTotal(totalMinor: number): number {
  return hashOf('total', String(totalMinor));
}

/** The key of a merchant's total. */
export function hashOfOwnTotal(merchant: string, totalMinor: number): number {
  return hashOf('own total', merchant, String(totalMinor));
}

/** The key of the name of a position of a merchant's document. */
export function hashOfName(merchant: string, name: string): number {
  return hashOf('name', merchant, name);
}

/** Where two values have the same key, the entries themselves tell them apart. */
function hashOf(...parts: readonly string[]): number {
  return Number.parseInt(sha256Hex(parts.join('\u001f')).slice(0, 8), 16) >>> 2;
}
