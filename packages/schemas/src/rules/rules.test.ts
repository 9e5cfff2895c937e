import { expect, it } from 'vitest';
import { checkConfirmation } from '../confirmations/check-confirmation.js';
import { isFiscalError } from '../errors/fiscal-error.js';
import { canonicalJson } from '../json/canonical-json.js';
import { faultyLinks } from '../links/faulty-links.fixture.js';
import { parseReceiptLink } from '../links/parse-receipt-link.js';
import { checkReceiptListQuery } from '../query/check-receipt-list-query.js';
import { checkReceipt } from '../receipt/check-receipt.js';
import { doubtfulReceipts, faultyReceipts } from '../receipt/faulty-receipts.fixture.js';
import { parseWireTime } from '../time/parse-wire-time.js';
import { ruleOf } from './rule-of.js';
import { rules } from './rules.js';

const queries = [
  { limit: '0' },
  { offset: '-1' },
  { utc: '15' },
  { 'created_at[gte]': '2023-02-29' },
  { 'created_at[gte]': '2023-03-02', 'created_at[lte]': '2023-03-01' },
];

function codesOf(
  check: () => { faults?: readonly { code: string }[]; warnings?: readonly { code: string }[] },
) {
  try {
    const { faults = [], warnings = [] } = check();
    return [...faults, ...warnings].map(({ code }) => code);
  } catch (error) {
    return isFiscalError(error) ? [error.code] : [];
  }
}

it('every code stands once', () => {
  const codes = rules.map(({ code }) => code);
  expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([]);
});

it('every rule says what, where from and since when', () => {
  for (const { code, message, source, since } of rules) {
    expect(code).toMatch(/^[a-z]+(\.[a-z-]+)+$/);
    expect(message).toMatch(/^\S.*[^.]$/);
    expect(source).toMatch(/^(fiscalkit$|https:\/\/)/);
    expect(since).toMatch(/^\d+\.\d+\.\d+$/);
  }
});

it('every rule can be broken', () => {
  const broken = new Set([
    ...[...faultyReceipts, ...doubtfulReceipts].flatMap(({ input }) =>
      codesOf(() => checkReceipt(input, { merchantId: '542088' })),
    ),
    ...queries.flatMap((query) => codesOf(() => Object(checkReceiptListQuery(query)))),
    ...faultyLinks.flatMap(({ text }) => codesOf(() => Object(parseReceiptLink(text)))),
    ...codesOf(() => Object(parseWireTime('', 3))),
    ...codesOf(() => Object(canonicalJson(1n))),
    ...codesOf(() => Object(checkConfirmation('anor', {}))),
  ]);
  const unbroken = rules.map(({ code }) => code).filter((code) => !broken.has(code));
  expect(unbroken).toEqual([]);
});

it('rules are found by code', () => {
  expect(ruleOf('receipt.total.mismatch')).toMatchObject({ severity: 'fault' });
  expect(ruleOf('no.such.rule')).toBeUndefined();
});
