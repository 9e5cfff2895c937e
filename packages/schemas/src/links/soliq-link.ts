import { isFiscalError } from '../errors/fiscal-error.js';
import { blanks, trimmedPattern, trimmedText } from '../fields/trimmed-text.js';
import { errorOf } from '../rules/rules.js';
import { beyondStructure } from '../schema/issue-codes.js';
import { registerOffsetHours } from '../time/register-time.js';
import type { UzbekFiscalMark } from './fiscal-mark.js';
import { linkParameters, readLinkTime, splitLink, writeLinkTime } from './link-text.js';

/** Host of the receipt pages of Soliq. */
export const soliqHost = 'ofd.soliq.uz';

const offsetHours = registerOffsetHours('uz_1_0');

/** Forms of the parameters of a link. */
const soliqForms = { t: /^[A-Z]{2}\d{12}$/, r: /^\d{1,16}$/, c: /^\d{14}$/, s: /^\d{12}$/ };

/** Link to an Uzbek receipt: its mark and which of the two pages shows it. */
export interface UzbekReceiptLink {
  readonly country: 'uz';
  /** `check` for device registers, `epi` for virtual ones. */
  readonly path: 'check' | 'epi';
  readonly mark: UzbekFiscalMark;
}

/**
 * Reads a Soliq receipt link, `https://ofd.soliq.uz/check?t=…&r=…&c=…&s=…` or `/epi`, with its parameters in
 * any order. Throws a `FiscalError` with `link.format`, `link.scheme`, `link.host`, `link.path`,
 * `link.parameter` or `link.date`.
 */
export function parseSoliqLink(text: string): UzbekReceiptLink {
  const { host, path, query } = splitLink(text);
  if (host !== soliqHost) throw errorOf('link.host');
  if (path !== 'check' && path !== 'epi') throw errorOf('link.path');
  const { t, r, c, s } = linkParameters(query, soliqForms);
  const registeredAt = readLinkTime(c, offsetHours);
  const mark = {
    country: 'uz',
    terminal_id: t,
    receipt_number: r,
    fiscal_sign: s,
    registered_at: registeredAt,
  } as const;
  return { country: 'uz', path, mark };
}

/** Writes a Soliq receipt link, parameters in the order of the provider's page: t, r, c, s. */
export function formatSoliqLink({ path, mark }: Pick<UzbekReceiptLink, 'path' | 'mark'>): string {
  const time = writeLinkTime(mark.registered_at, offsetHours);
  return `https://${soliqHost}/${path}?t=${mark.terminal_id}&r=${mark.receipt_number}&c=${time}&s=${mark.fiscal_sign}`;
}

/**
 * Writes a Soliq link in one spelling, so that links to the same receipt compare equal as text: the `/check`
 * page, host in lower case, parameters in order, no zeros before the receipt number. Throws like
 * `parseSoliqLink`.
 */
export function canonicalSoliqLink(text: string): string {
  const { mark } = parseSoliqLink(text);
  const receiptNumber = mark.receipt_number.replace(/^0+(?=\d)/, '');
  return formatSoliqLink({ path: 'check', mark: { ...mark, receipt_number: receiptNumber } });
}

const start = '[Hh][Tt][Tt][Pp][Ss]://[Oo][Ff][Dd]\\.[Ss][Oo][Ll][Ii][Qq]\\.[Uu][Zz]/(?:check|epi)';

/**
 * Patterns that a Soliq link matches all at once: four parameters, and each of the four names among them.
 * That its time exists in the calendar is left to the rule.
 */
const soliqLinkPatterns = [
  trimmedPattern(`${start}\\?(?:[trcs]=[A-Z0-9]+&){3}[trcs]=[A-Z0-9]+`),
  ...Object.entries(soliqForms).map(
    ([name, form]) => `[?&]${name}=${form.source.slice(1, -1)}(?:&|[${blanks}]*$)`,
  ),
];

/** Address of a Soliq receipt, kept as it was written. */
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
