import { expect, it } from 'vitest';
import { checkConfirmation } from '../confirmations/confirmation.js';
import { checkCorrection } from '../correction/check-correction.js';
import { isFiscalError } from '../errors/fiscal-error.js';
import { correctionsWithFaults } from '../examples/faulty-corrections.js';
import { faultyLinks, faultyQueries } from '../examples/faulty-documents.js';
import { doubtfulReceipts, faultyReceipts } from '../examples/faulty-receipts.js';
import { canonicalJson } from '../json/canonical-json.js';
import { parseReceiptLink } from '../links/receipt-link.js';
import { checkReceiptListQuery } from '../query/receipt-list-query.js';
import { parseWireTime } from '../time/wire-time.js';
import { checkReceipt } from '../validation/check-receipt.js';
import { ruleOf, rules } from './rules.js';

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
    ...correctionsWithFaults.flatMap(({ input }) =>
      codesOf(() => checkCorrection(input, { merchantId: '542088' })),
    ),
    ...faultyQueries.flatMap(({ input }) => codesOf(() => Object(checkReceiptListQuery(input)))),
    ...faultyLinks.flatMap(({ text }) => codesOf(() => Object(parseReceiptLink(text)))),
    ...codesOf(() => Object(parseWireTime('', 3))),
    ...codesOf(() => Object(canonicalJson(1n))),
    ...codesOf(() => Object(checkConfirmation('anor', {}))),
  ]);
  // Refunds, deliveries and discounts are tested where they are made.
  const ofDocuments = rules.filter(({ code }) => !/^(?:refund|closing|discount)\./.test(code));
  expect(ofDocuments.map(({ code }) => code).filter((code) => !broken.has(code))).toEqual([]);
});

it('rules are found by code', () => {
  expect(ruleOf('receipt.total.mismatch')).toMatchObject({ severity: 'fault' });
  expect(ruleOf('no.such.rule')).toBeUndefined();
});
