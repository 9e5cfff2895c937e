import { errorOf } from '../rules/rules.js';
import { linkParts } from './link-parts.js';
import {
  type RussianHost,
  type RussianReceiptLink,
  readRussianReceipt,
  writeRussianReceipt,
} from './russian-receipt.js';

const hosts: readonly string[] = ['consumer.1-ofd.ru', 'consumer.1-ofd-test.ru'] satisfies RussianHost[];

/** The page that buyers are led to, and the one before it. */
const page = /^(?:v1|ticket)\/?$/;

/**
 * Reads a Russian receipt: the link `https://consumer.1-ofd.ru/v1?fn&fp&i&t&s&n` or `/ticket` with the same parameters, the same on the
 * test host, or the bare text of a QR code. Other operators' links say too little for a fiscal mark: `readReceiptLink` keeps them. Throws a `FiscalError` with `link.format`, `link.scheme`, `link.host`, `link.path`, `link.parameter` or
 * `link.date`.
 */
export function parseRussianLink(text: string): RussianReceiptLink {
  if (/^(t|s|fn|i|fp|n)=/.test(text)) return { ...readRussianReceipt(text), host: null };
  const { host, path, query } = linkParts(text);
  if (!isRussianHost(host)) throw errorOf('link.host');
  if (!page.test(path)) throw errorOf('link.path');
  return { ...readRussianReceipt(query), host };
}

/** Writes the link to a Russian receipt; a receipt read from a QR code leads to the live host. */
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
