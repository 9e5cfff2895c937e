import { canonicalJson, isAbsentMember, type Receipt } from '@fiscalkit/schemas';
import { sha256Hex } from '../journal/sha256-hex.js';

/**
 * What makes two receipts of a merchant the same: a digest of the normalised document, so that `50.00` and `"50"` are one
 * amount, and `null`, `""` and nothing are alike, as are any order of positions and settlements, a letter in one sign or with its
 * mark apart (`й`), and the letter case of an e-mail address. What the merchant's configuration filled in is left out, of the company too by
 * member: a repeat stays a repeat when the configuration changes.
 */
export function receiptDigest(input: object, receipt: Receipt): string {
  const { company, receipt_method, ...content } = receipt;
  const { customer } = content;
  const said = companySaid(memberOf(input, 'company'), company);
  return sha256Hex(
    canonicalJson({
      ...content,
      ...(customer?.email && { customer: { ...customer, email: customer.email.toLowerCase() } }),
      positions: inOneOrder(content.positions),
      settlements: inOneOrder(content.settlements),
      ...(said && { company: said }),
      ...(!isAbsentMember(memberOf(input, 'receipt_method')) && { receipt_method }),
    }).normalize('NFC'),
  );
}

/** The same parts in an order that depends on nothing but them. */
function inOneOrder(parts: readonly unknown[]): readonly unknown[] {
  if (parts.length < 2) return parts;
  const written = parts.map((part) => ({ part, text: canonicalJson(part).normalize('NFC') }));
  return written.toSorted((one, other) => (one.text < other.text ? -1 : 1)).map(({ part }) => part);
}

/** The members of the company that the caller named, as they were normalised; `null` when there are none. */
function companySaid(said: unknown, company: Receipt['company']): object | null {
  if (typeof said !== 'object' || said === null) return null;
  const members = Object.entries(company ?? {}).filter(([name]) => !isAbsentMember(memberOf(said, name)));
  return members.length > 0 ? Object.fromEntries(members) : null;
}

function memberOf(holder: object, name: string): unknown {
  return Object.getOwnPropertyDescriptor(holder, name)?.value;
}
