import type { Registration } from '@fiscalkit/client';
import type { Entry } from '../entry/entry.js';
import { sha256Hex } from '../journal/digest.js';

/** Returns the key as its caller gave it, in the form of the index; `null` for one that the ledger made. */
export function callersKeyOf(idempotencyKey: string): string | null {
  const [, key] = /^(?:part:[^:]*:)?key:(.*)$/s.exec(idempotencyKey) ?? [];
  return key === undefined ? null : searchValue(key);
}

/** What of an entry is known once it was sent: the provider's id, fiscal numbers and link. */
interface Outcome {
  readonly providerDocumentId: string | null;
  readonly registration: Registration | null;
}

/** Returns the values under which the outcome of an entry is found, each once. */
export function outcomeValues({ providerDocumentId, registration }: Outcome): string[] {
  const { mark = null, link = null, providerDocumentId: registeredAs = null } = registration ?? {};
  const ofMark =
    mark?.country === 'uz'
      ? [mark.receipt_number, mark.fiscal_sign]
      : [mark?.fiscal_document_number, mark?.fiscal_attribute];
  const values = [providerDocumentId, registeredAs, ...ofMark, link];
  return [...new Set(values.filter((value) => typeof value === 'string').map(searchValue))];
}

/** The form of a value in which it is compared: people leave out leading zeros. */
export function searchValue(value: string): string {
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

/** A Russian link that names its fiscal attribute as every operator but one does. */
const attributeInLink = /^https:\/\/(?!check)[\w-]+(?:\.[\w-]+)+\/[^#\s]*[?&]fp=(\d{1,10})(?:&|$)/;

/** Returns the keys under which the outcome of an entry is found: not a link that has the sign in it, as most do. */
export function outcomeHashes(outcome: Outcome): number[] {
  const values = outcomeValues(outcome);
  // Who looks for such a link looks for the sign.
  const isDerivable = (value: string) =>
    values.includes(searchValue(attributeInLink.exec(value)?.[1] ?? ' '));
  return values.filter((value) => !isDerivable(value)).map(hashOfValue);
}

/** The key of a provider's id, a fiscal number or sign, or a link. */
export function hashOfValue(value: string): number {
  return hashOf('value', value);
}

/** The key of a total, of all merchants. */
export function hashOfTotal(totalMinor: number): number {
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

/** The keys under which an entry may be stored whose caller gave this one. */
export function storedKeysOf(text: string): string[] {
  return [text, `key:${text}`];
}
