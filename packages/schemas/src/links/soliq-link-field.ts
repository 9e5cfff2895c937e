import { isFiscalError } from '../errors/fiscal-error.js';
import { trimmedText } from '../fields/trimmed-text.js';
import { beyondStructure } from '../schema/issue-codes.js';
import { parseSoliqLink } from './soliq-link.js';
import { soliqLinkPatterns } from './soliq-link-pattern.js';

/** The address of a Soliq receipt, kept as it was written. */
export const soliqLinkField = trimmedText
  .superRefine((text, context) => {
    const code = faultyLinkCode(text);
    if (code === null) return;
    context.addIssue({ code: 'custom', message: code, ...(code === 'link.date' && beyondStructure) });
  })
  .meta({ allOf: soliqLinkPatterns.map((pattern) => ({ pattern })) })
  .describe('Address of the fiscal receipt at Soliq: https://ofd.soliq.uz/check?t=…&r=…&c=…&s=… or /epi');

function faultyLinkCode(text: string): string | null {
  try {
    parseSoliqLink(text);
    return null;
  } catch (error) {
    if (isFiscalError(error)) return error.code;
    throw error;
  }
}
