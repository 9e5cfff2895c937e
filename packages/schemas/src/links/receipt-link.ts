import { isFiscalError } from '../errors/fiscal-error.js';
import { errorOf, type RuleCode } from '../rules/rules.js';
import type { FiscalMark } from './fiscal-mark.js';
import { splitLink } from './link-text.js';
import { type LinkNumbers, numbersOf, operatorOf, type ReceiptOperator } from './receipt-operators.js';
import { parseRussianLink, type RussianReceiptLink } from './russian-link.js';
import { parseSoliqLink, soliqHost, type UzbekReceiptLink } from './soliq-link.js';

/** Link that is claimed to lead to a receipt, and the facts in it. */
export interface ReadReceiptLink {
  /** Link as given; `null` for the bare text of a QR code. */
  readonly link: string | null;
  /** Operator of the page; `null` for an unknown host and for a QR code. */
  readonly operator: ReceiptOperator | null;
  /** Fiscal mark; `null` if the link has too little of it. */
  readonly mark: FiscalMark | null;
  /** Numbers of the mark in a Russian link, all or some. */
  readonly numbers: LinkNumbers;
  /** Rule that prevents a mark; `null` if there is one. */
  readonly flaw: RuleCode | null;
}

/** Host with an optional port and no user, who could disguise it as another. */
const plainHost = /^[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+(?::\d{1,5})?$/u;

const fragment = /#\S*$/;

/**
 * Reads the link of a registered receipt at any operator: which one depends on the register and not on the
 * shop. Any https link is kept as it is; a known one gives its fiscal mark or the numbers in it. Throws a
 * `FiscalError` with `link.format`, `link.scheme` or `link.host` for anything but a plain https link.
 */
export function readReceiptLink(text: string): ReadReceiptLink {
  const isLink = text.includes('://');
  // A fragment leads to a place in the page and has nothing of the receipt.
  const parts = isLink ? splitLink(text.replace(fragment, '')) : { host: '', path: '', query: text };
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
  const isUzbek = text.includes('://') && splitLink(text).host === soliqHost;
  return isUzbek ? parseSoliqLink(text) : parseRussianLink(text);
}
