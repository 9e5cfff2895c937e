import { isFiscalError } from '../errors/fiscal-error.js';
import { errorOf, type RuleCode } from '../rules/rules.js';
import type { FiscalMark } from './fiscal-mark.js';
import { linkParts } from './link-parts.js';
import { type LinkNumbers, numbersOf, operatorOf, type ReceiptOperator } from './receipt-operators.js';
import { parseRussianLink, type RussianReceiptLink } from './russian-link.js';
import { parseSoliqLink, soliqHost, type UzbekReceiptLink } from './soliq-link.js';

/** A link that somebody says leads to a receipt, and what can be read from it. */
export interface ReadReceiptLink {
  /** As it was given; `null` for the bare text of a QR code. */
  readonly link: string | null;
  /** Who shows the receipt there; `null` for a host that is not known here, and for a QR code. */
  readonly operator: ReceiptOperator | null;
  /** `null` where the link says too little. */
  readonly mark: FiscalMark | null;
  /** What a Russian link says of the mark, whole or in part. */
  readonly numbers: LinkNumbers;
  /** Why there is no mark, as the code of a rule; `null` where there is one. */
  readonly flaw: RuleCode | null;
}

/** A host and perhaps a port, with no user before it, who could make it look like another. */
const plainHost = /^[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+(?::\d{1,5})?$/u;

const fragment = /#\S*$/;

/**
 * Reads the link of a receipt that was registered, whichever operator shows it: which one that is depends on the register and not on the
 * shop. Any https link is kept as it is; one that is known gives its fiscal mark, or the numbers that it says. Throws a `FiscalError` with
 * `link.format`, `link.scheme`, or `link.host` for what is no plain https link.
 */
export function readReceiptLink(text: string): ReadReceiptLink {
  const isLink = text.includes('://');
  // What leads to a place in a page says nothing of the receipt.
  const parts = isLink ? linkParts(text.replace(fragment, '')) : { host: '', path: '', query: text };
  if (isLink && !plainHost.test(parts.host)) throw errorOf('link.host');
  const operator = operatorOf(parts.host);
  const numbers = numbersOf(parts, operator);
  const link = isLink ? text : null;
  try {
    return { link, operator, mark: parseReceiptLink(text).mark, numbers, flaw: null };
  } catch (error) {
    if (!isLink || !isFiscalError(error)) throw error;
    return { link, operator, mark: null, numbers, flaw: error.code as RuleCode };
  }
}

/** Reads a receipt link of either country. Throws like `parseSoliqLink` and `parseRussianLink`. */
export function parseReceiptLink(text: string): RussianReceiptLink | UzbekReceiptLink {
  const isUzbek = text.includes('://') && linkParts(text).host === soliqHost;
  return isUzbek ? parseSoliqLink(text) : parseRussianLink(text);
}
