import { formatSoliqLink, parseSoliqLink } from './soliq-link.js';

/**
 * Writes a Soliq link in one spelling, so that links to the same receipt compare equal as text: the `/check` page, host in
 * lower case, parameters in order, no zeros before the receipt number. Throws like `parseSoliqLink`.
 */
export function canonicalSoliqLink(text: string): string {
  const { mark } = parseSoliqLink(text);
  const receiptNumber = mark.receipt_number.replace(/^0+(?=\d)/, '');
  return formatSoliqLink({ path: 'check', mark: { ...mark, receipt_number: receiptNumber } });
}
