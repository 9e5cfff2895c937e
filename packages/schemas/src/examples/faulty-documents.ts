import { wallets } from '../confirmations/wallets.js';
import { namesOf } from '../fields/choice-field.js';
import type { RuleCode } from '../rules/rules.js';
import { confirmations } from './confirmations.js';
import { faultyClosingRequests, faultyImportRequests, faultyRefundRequests } from './derived-requests.js';
import { correctionsWithFaults } from './faulty-corrections.js';
import { doubtfulReceipts, type FaultyDocument, faultyReceipts } from './faulty-receipts.js';

const soliq = 'https://ofd.soliq.uz/check?t=UZ170703100597&r=2421&c=20230104121801&s=514343190161';
const russian =
  'https://consumer.1-ofd-test.ru/v1?fn=9999078900006369&fp=790695398&i=11900&t=20230330T152000&s=7&n=1';
const qr = 't=20180518T220500&s=975.88&fn=8710000101125654&i=99456&fp=1250448795&n=1';

/** Text that is no receipt link, and the code of its fault. */
export interface FaultyLink {
  readonly code: RuleCode;
  readonly text: string;
}

/** Texts that are no receipt links. */
export const faultyLinks: readonly FaultyLink[] = [
  { code: 'link.format', text: '' },
  { code: 'link.format', text: 'receipt' },
  { code: 'link.format', text: `${soliq}#top` },
  { code: 'link.format', text: `${soliq} ` },
  { code: 'link.format', text: russian.replace('https:', 'https: ') },
  { code: 'link.scheme', text: soliq.replace('https', 'http') },
  { code: 'link.scheme', text: russian.replace('https', 'http') },
  { code: 'link.host', text: soliq.replace('ofd.soliq.uz', 'ofd.soliq.uz.example.com') },
  { code: 'link.host', text: soliq.replace('ofd.soliq.uz', 'example.com') },
  { code: 'link.host', text: soliq.replace('ofd.soliq.uz', 'ofd.soliq.uz:443') },
  { code: 'link.host', text: soliq.replace('ofd.soliq.uz', 'user@ofd.soliq.uz') },
  { code: 'link.host', text: soliq.replace('ofd.soliq.uz', 'ofd.soliq.uz@example.com') },
  { code: 'link.host', text: soliq.replace('ofd.soliq.uz', 'ofd.soliq.uz.') },
  { code: 'link.host', text: soliq.replace('ofd.soliq.uz/', 'ofd.soliq.uz\\@example.com/') },
  { code: 'link.path', text: soliq.replace('/check', '/checks') },
  { code: 'link.path', text: soliq.replace('/check', '/check/../epi') },
  { code: 'link.path', text: soliq.replace('/check', '') },
  { code: 'link.path', text: russian.replace('/v1', '/v2') },
  { code: 'link.path', text: russian.replace('/v1', '/ticket/v1') },
  {
    code: 'link.host',
    text: 'https://lk.platformaofd.ru/web/noauth/cheque?fn=9999078900006286&fp=1867101308',
  },
  { code: 'link.parameter', text: russian.replace('/v1', '/ticket').replace(/&t=[^&]*/, '') },
  { code: 'link.parameter', text: soliq.replace(/&s=\d+/, '') },
  { code: 'link.parameter', text: soliq.replace(/\?.*/, '') },
  { code: 'link.parameter', text: `${soliq}&s=514343190161` },
  { code: 'link.parameter', text: `${soliq}&utm_source=x` },
  { code: 'link.parameter', text: `${soliq}&` },
  { code: 'link.parameter', text: soliq.replace('s=514343190161', 's=51434319016') },
  { code: 'link.parameter', text: soliq.replace('s=514343190161', 's=%3514343190161') },
  { code: 'link.parameter', text: soliq.replace('t=UZ', 't=uz') },
  { code: 'link.parameter', text: soliq.replace('r=2421', 'r=-1') },
  { code: 'link.parameter', text: russian.replace('n=1', 'n=5') },
  { code: 'link.parameter', text: qr.replace('fn=8710000101125654', 'fn=871000010112565') },
  { code: 'link.parameter', text: qr.replace('&n=1', '') },
  { code: 'link.date', text: soliq.replace('20230104', '20230230') },
  { code: 'link.date', text: soliq.replace('121801', '241801') },
  { code: 'link.date', text: qr.replace('20180518', '20181318') },
];

const { anor, click } = confirmations;

/** Russian links are read by the link readers; a confirmation takes none of them, whatever else is wrong. */
const isRussian = (text: string) => text.includes('1-ofd') || text.startsWith('t=');

const withFaultyLink = faultyLinks
  .filter(({ text }) => !isRussian(text) && text === text.trim())
  .map(({ code, text }): FaultyDocument => ({ code, path: '$.qr_code', input: { ...anor, qr_code: text } }));

/** Confirmations of Anor that break one rule each. */
const faultyAnorConfirmations: readonly FaultyDocument[] = [
  { code: 'field.missing', path: '$.qr_code', input: { transaction_id: anor.transaction_id } },
  { code: 'field.length', path: '$.transaction_id', input: { ...anor, transaction_id: ' ' } },
  { code: 'field.type', path: '$.transaction_id', input: { ...anor, transaction_id: 17 } },
  { code: 'field.unknown', path: '$.payment_id', input: { ...anor, payment_id: '17' } },
  ...withFaultyLink,
];

/** Confirmations of the wallets that name the payment, which break one rule each. */
const faultyPaymentConfirmations: readonly FaultyDocument[] = [
  { code: 'field.length', path: '$.payment_id', input: { ...click, payment_id: 'x'.repeat(129) } },
  { code: 'field.unknown', path: '$.amount', input: { ...click, amount: 1 } },
  { code: 'link.host', path: '$.qr_code', input: { ...click, qr_code: 'https://example.com/check?t=1' } },
];

const faultyConfirmations = {
  transaction_id: faultyAnorConfirmations,
  payment_id: faultyPaymentConfirmations,
};

/** Queries of the receipts list that break one rule each, by name of the parameter. */
export const faultyQueries: readonly FaultyDocument[] = [
  { code: 'query.limit.range', path: 'limit', input: { limit: '0' } },
  { code: 'query.limit.range', path: 'limit', input: { limit: '101' } },
  { code: 'query.limit.range', path: 'limit', input: { limit: 'all' } },
  { code: 'query.offset.range', path: 'offset', input: { offset: '-1' } },
  { code: 'query.offset.range', path: 'offset', input: { offset: '1.5' } },
  { code: 'query.utc.range', path: 'utc', input: { utc: '15' } },
  { code: 'query.utc.range', path: 'utc', input: { utc: 'Tashkent' } },
  { code: 'query.created-at.date', path: 'created_at[gte]', input: { 'created_at[gte]': '2023-02-29' } },
  { code: 'query.created-at.date', path: 'created_at[lte]', input: { 'created_at[lte]': '01.03.2023' } },
  {
    code: 'query.created-at.order',
    path: 'created_at[lte]',
    input: { 'created_at[gte]': '2023-03-02', 'created_at[lte]': '2023-03-01' },
  },
  { code: 'field.value', path: 'status', input: { status: 'done' } },
  { code: 'field.unknown', path: 'page', input: { page: '1' } },
  { code: 'amount.format', path: 'total', input: { total: '1,5' } },
];

/** Examples by name of the document: each breaks exactly one rule, or passes with exactly one warning. */
export const faultyDocuments: Readonly<Record<string, readonly FaultyDocument[]>> = {
  receipt: [...faultyReceipts, ...doubtfulReceipts],
  correction: correctionsWithFaults,
  'receipt-list-query': faultyQueries,
  'refund-request': faultyRefundRequests,
  'closing-request': faultyClosingRequests,
  'import-request': faultyImportRequests,
  ...Object.fromEntries(
    namesOf(wallets).map((wallet) => [`confirmation-${wallet}`, faultyConfirmations[wallets[wallet].key]]),
  ),
};
