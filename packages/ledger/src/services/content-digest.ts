import { type Correction, canonicalJson, isAbsentMember, type Receipt } from '@fiscalkit/schemas';
import { sha256Hex } from '../journal/digest.js';

/**
 * Returns the digest that identifies equal receipts of a merchant. It is of the normalised document, so that
 * `50.00` and `"50"` are one amount, and `null`, `""` and nothing are alike, as are any order of positions
 * and settlements, a letter in one code point or with its combining mark (`й`), and the letter case of an
 * e-mail address. What the merchant's configuration filled in is left out, member by member in the company: a
 * repeat stays a repeat when the configuration changes.
 */
export function receiptDigest(input: object, receipt: Receipt): string {
  const { receipt_method, ...content } = receipt;
  return digestOf(input, {
    ...content,
    positions: inOneOrder(content.positions),
    ...(!isAbsentMember(memberOf(input, 'receipt_method')) && { receipt_method }),
  });
}

/** Returns the digest that identifies equal corrections of a merchant, in the same way. */
export function correctionDigest(input: object, correction: Correction): string {
  return digestOf(
    input,
    correction.receipt_format === 'ru_1_05'
      ? { ...correction, vat_totals: inOneOrder(correction.vat_totals) }
      : { ...correction, positions: inOneOrder(correction.positions) },
  );
}

/** What receipts and corrections have around their positions. */
type Content = Pick<Receipt, 'company' | 'settlements'> & {
  readonly customer?: { readonly email?: string | undefined } | undefined;
};

function digestOf<Document extends Content>(input: object, document: Document): string {
  const { company, customer, settlements, ...content } = document;
  const said = companySaid(memberOf(input, 'company'), company);
  return sha256Hex(
    canonicalJson({
      ...content,
      ...(customer && {
        customer: { ...customer, ...(customer.email && { email: customer.email.toLowerCase() }) },
      }),
      settlements: inOneOrder(settlements),
      ...(said && { company: said }),
    }).normalize('NFC'),
  );
}

/** Sorts parts in an order that depends on nothing but them. */
function inOneOrder(parts: readonly unknown[]): readonly unknown[] {
  if (parts.length < 2) return parts;
  const written = parts.map((part) => ({ part, text: canonicalJson(part).normalize('NFC') }));
  return written.toSorted((one, other) => (one.text < other.text ? -1 : 1)).map(({ part }) => part);
}

/** Returns the members of the company that the caller named, normalised; `null` when there are none. */
function companySaid(said: unknown, company: Receipt['company']): object | null {
  if (typeof said !== 'object' || said === null) return null;
  const members = Object.entries(company ?? {}).filter(([name]) => !isAbsentMember(memberOf(said, name)));
  return members.length > 0 ? Object.fromEntries(members) : null;
}

function memberOf(holder: object, name: string): unknown {
  return Object.getOwnPropertyDescriptor(holder, name)?.value;
}
