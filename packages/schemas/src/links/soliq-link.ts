import { errorOf } from '../rules/rules.js';
import { registerOffsetHours } from '../time/register-time.js';
import type { UzbekFiscalMark } from './fiscal-mark.js';
import { linkParameters } from './link-parameters.js';
import { linkParts } from './link-parts.js';
import { readLinkTime, writeLinkTime } from './link-time.js';

/** Where Soliq shows receipts. */
export const soliqHost = 'ofd.soliq.uz';

const offsetHours = registerOffsetHours('uz_1_0');

/** What the parameters of a link look like. */
export const soliqForms = { t: /^[A-Z]{2}\d{12}$/, r: /^\d{1,16}$/, c: /^\d{14}$/, s: /^\d{12}$/ };

/** The link to an Uzbek receipt: its mark, and which of the two pages shows it. */
export interface UzbekReceiptLink {
  readonly country: 'uz';
  /** `check` for device registers, `epi` for virtual ones. */
  readonly path: 'check' | 'epi';
  readonly mark: UzbekFiscalMark;
}

/**
 * Reads a Soliq receipt link, `https://ofd.soliq.uz/check?t=…&r=…&c=…&s=…` or `/epi`, with its parameters in any order.
 * Throws a `FiscalError` with `link.format`, `link.scheme`, `link.host`, `link.path`, `link.parameter` or `link.date`.
 */
export function parseSoliqLink(text: string): UzbekReceiptLink {
  const { host, path, query } = linkParts(text);
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
