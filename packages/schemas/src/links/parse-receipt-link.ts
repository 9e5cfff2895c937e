import { linkParts } from './link-parts.js';
import { parseRussianLink } from './russian-link.js';
import type { RussianReceiptLink } from './russian-receipt.js';
import { parseSoliqLink, soliqHost, type UzbekReceiptLink } from './soliq-link.js';

/** Reads a receipt link of either country. Throws like `parseSoliqLink` and `parseRussianLink`. */
export function parseReceiptLink(text: string): RussianReceiptLink | UzbekReceiptLink {
  const isUzbek = text.includes('://') && linkParts(text).host === soliqHost;
  return isUzbek ? parseSoliqLink(text) : parseRussianLink(text);
}
