import { errorOf } from '../rules/rules.js';
import { registerOffsetHours } from '../time/register-time.js';
import type { RussianFiscalMark } from './fiscal-mark.js';
import { linkParameters, type ParameterForm, readLinkTime, splitLink, writeLinkTime } from './link-text.js';

const hosts: readonly string[] = ['consumer.1-ofd.ru', 'consumer.1-ofd-test.ru'] satisfies RussianHost[];

/** Page that buyers are sent to, and the one before it. */
const page = /^(?:v1|ticket)\/?$/;

/**
 * Reads a Russian receipt: the link `https://consumer.1-ofd.ru/v1?fn&fp&i&t&s&n` or `/ticket` with the same
 * parameters, the same on the test host, or the bare text of a QR code. Links of other operators have too
 * little for a fiscal mark: use `readReceiptLink`. Throws a `FiscalError` with `link.format`, `link.scheme`,
 * `link.host`, `link.path`, `link.parameter` or `link.date`.
 */
export function parseRussianLink(text: string): RussianReceiptLink {
  if (/^(t|s|fn|i|fp|n)=/.test(text)) return { ...readRussianReceipt(text), host: null };
  const { host, path, query } = splitLink(text);
  if (!isRussianHost(host)) throw errorOf('link.host');
  if (!page.test(path)) throw errorOf('link.path');
  return { ...readRussianReceipt(query), host };
}

/** Writes the link to a Russian receipt; one read from a QR code leads to the live host. */
export function formatRussianLink(link: RussianReceiptLink): string {
  const query = writeRussianReceipt(link, ['fn', 'fp', 'i', 't', 's', 'n']);
  return `https://${link.host ?? 'consumer.1-ofd.ru'}/v1?${query}`;
}

/** Writes the text of a Russian QR code (tag 1196). */
export function formatRussianQr(link: RussianReceiptLink): string {
  return writeRussianReceipt(link, ['t', 's', 'fn', 'i', 'fp', 'n']);
}

function isRussianHost(host: string): host is RussianHost {
  return hosts.includes(host);
}

const offsetHours = registerOffsetHours('ru_1_2');

/**
 * Unsigned number of 32 bits, as FFD keeps tags 1040 and 1077: at most ten digits, sometimes with leading
 * zeros.
 */
export const unsigned32: ParameterForm = {
  test: (text) => /^\d{1,10}$/.test(text) && Number(text) <= 0xffff_ffff,
};

const forms = {
  t: /^\d{8}T\d{4}(\d{2})?$/,
  s: /^\d{1,12}(\.\d{1,2})?$/,
  fn: /^\d{16}$/,
  i: unsigned32,
  fp: unsigned32,
  n: /^[1-4]$/,
};

/** Parameters of a Russian receipt in its QR code (tag 1196) and in links. */
export type RussianParameter = keyof typeof forms;

/** Content of a Russian QR code or link: the mark and a little of the receipt. */
export interface RussianReceiptLink {
  readonly country: 'ru';
  /** Host of the link; `null` for the bare text of a QR code. */
  readonly host: RussianHost | null;
  readonly mark: RussianFiscalMark;
  /** Tag 1020 in roubles, as printed: `200.00`. A test register prints `7` whatever the total. */
  readonly total: string;
  /** Tag 1054: 1 sell, 2 sell_refund, 3 buy, 4 buy_refund. */
  readonly calculation_sign: number;
  /** True if the time is printed to the second. */
  readonly with_seconds: boolean;
}

/** The receipt pages of the First OFD: live and test. */
export type RussianHost = 'consumer.1-ofd.ru' | 'consumer.1-ofd-test.ru';

/** Reads the parameters of a Russian receipt, in any order. */
function readRussianReceipt(query: string): Omit<RussianReceiptLink, 'host'> {
  const { t, s, fn, i, fp, n } = linkParameters(query, forms);
  const mark = {
    country: 'ru',
    fiscal_storage_number: fn,
    fiscal_document_number: i,
    fiscal_attribute: fp,
    registered_at: readLinkTime(t.replace('T', ''), offsetHours),
  } as const;
  return { country: 'ru', mark, total: s, calculation_sign: Number(n), with_seconds: t.length === 15 };
}

/** Writes the parameters of a Russian receipt in the given order. */
function writeRussianReceipt(
  { mark, total, calculation_sign, with_seconds }: RussianReceiptLink,
  order: readonly RussianParameter[],
): string {
  const time = writeLinkTime(mark.registered_at, offsetHours);
  const values: Record<RussianParameter, string> = {
    t: `${time.slice(0, 8)}T${time.slice(8, with_seconds ? 14 : 12)}`,
    s: total,
    fn: mark.fiscal_storage_number,
    i: mark.fiscal_document_number,
    fp: mark.fiscal_attribute,
    n: String(calculation_sign),
  };
  return order.map((name) => `${name}=${values[name]}`).join('&');
}
