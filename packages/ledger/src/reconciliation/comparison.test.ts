import { describe, expect, it } from 'vitest';
import type { EntryState } from '../entry/entry.js';
import type { StoredReceipt } from '../store/receipt-reads.js';
import { comparePayment } from './compare-payment.js';
import { type ComparisonRules, nothingCounted } from './comparison-rules.js';
import { adviceOn } from './finding.js';
import { type PaymentRow, readPayment } from './payment-record.js';
import type { ListedRow } from './payment-table.js';

const day = 86_400_000;
const rules: ComparisonRules = {
  from: day,
  before: 2 * day,
  receiptsFrom: day + 1_000,
  receiptsBefore: 2 * day - 1_000,
  compared: new Set(['sell']),
  now: 3 * day,
  inTimeMs: 2 * day,
  freshMs: 1_000,
  country: 'ru',
};
const noon = 1.5 * day;

function receipt(given: Partial<StoredReceipt> & { readonly type?: string } = {}): StoredReceipt {
  const { type = 'sell', ...fields } = given;
  return {
    sequence: 1,
    id: 'r-1',
    provider: 'memory',
    account: 'a',
    state: 'registered',
    acceptedAt: new Date(noon),
    changedAt: new Date(noon),
    paymentId: 'p',
    operationType: type,
    totalMinor: 100,
    dependsOn: null,
    format: 'ru_1_05',
    providerDocumentId: null,
    registration: null,
    reasonCode: null,
    document: null,
    ...fields,
  };
}
const paid = (given: Partial<PaymentRow> = {}): PaymentRow => {
  return { type: 'sell', amountMinor: 100, at: noon, line: 1, ...given };
};
const listed = (given: Partial<ListedRow> = {}): ListedRow => {
  const document = { provider: 'memory', documentId: 'd', type: 'sell', totalMinor: 100 };
  return { ...document, status: 'registered', mark: null, at: noon, ...given };
};
const mark = {
  country: 'ru',
  fiscal_storage_number: '1',
  fiscal_document_number: '2',
  fiscal_attribute: '3',
  registered_at: '2026-05-04T13:00:00+03:00',
} as const;

interface Known {
  readonly payments?: readonly PaymentRow[];
  readonly receipts?: readonly StoredReceipt[];
  readonly listed?: readonly ListedRow[];
}

function compare({ payments = [], receipts = [], listed: documents = [] }: Known, given = rules) {
  const counted = nothingCounted();
  const findings = comparePayment({ paymentId: 'p', payments, receipts, listed: documents }, given, counted);
  return { found: findings.map(({ kind, advice }) => `${kind}: ${advice}`), findings, counted };
}

describe('what fits', () => {
  const refunded = receipt({ type: 'sell_refund', dependsOn: 'sell' });
  it.each<readonly [string, Known]>([
    ['a payment and its receipt', { payments: [paid()], receipts: [receipt()] }],
    [
      'a payment in the window and its receipt behind it',
      { payments: [paid()], receipts: [receipt({ acceptedAt: new Date(5 * day) })] },
    ],
    [
      'a payment in two receipts',
      { payments: [paid()], receipts: [receipt({ totalMinor: 60 }), receipt({ totalMinor: 40 })] },
    ],
    [
      'two parts of a payment in one receipt',
      { payments: [paid({ amountMinor: 60 }), paid({ amountMinor: 40 })], receipts: [receipt()] },
    ],
    [
      'a receipt and its refund',
      { payments: [paid(), paid({ type: 'sell_refund' })], receipts: [receipt(), refunded] },
    ],
    ['a double that was refunded', { payments: [paid()], receipts: [receipt(), receipt(), refunded] }],
    ['a receipt made by mistake that was refunded', { receipts: [receipt(), refunded] }],
    [
      'a prepayment and its closing receipts',
      {
        payments: [paid()],
        receipts: [
          receipt(),
          receipt({ dependsOn: 'sell', totalMinor: 30 }),
          receipt({ dependsOn: 'sell', totalMinor: 70 }),
        ],
      },
    ],
    ['a correction for a payment', { payments: [paid()], receipts: [receipt({ type: 'sell_correction' })] }],
    [
      'a correction of the difference',
      {
        payments: [paid()],
        receipts: [receipt({ totalMinor: 90 }), receipt({ type: 'sell_correction', totalMinor: 10 })],
      },
    ],
    [
      'a wrong receipt that a correction took back, and the correction for the payment',
      {
        payments: [paid()],
        receipts: [
          receipt({ totalMinor: 90 }),
          receipt({ type: 'sell_refund_correction', totalMinor: 90 }),
          receipt({ type: 'sell_correction' }),
        ],
      },
    ],
    [
      'a double that a correction took back',
      { payments: [paid()], receipts: [receipt(), receipt(), receipt({ type: 'sell_refund_correction' })] },
    ],
    [
      'a rejected receipt and its successor',
      { payments: [paid()], receipts: [receipt({ state: 'rejected' }), receipt()] },
    ],
    ['a payment of another day', { payments: [paid({ at: 0 })] }],
    ['a receipt of another day', { receipts: [receipt({ acceptedAt: new Date(0) })] }],
    ['a receipt at the edge', { receipts: [receipt({ acceptedAt: new Date(day) })] }],
    ['a purchase, where the file has none', { receipts: [receipt({ type: 'buy' })] }],
    [
      'what the provider shows with the same mark',
      {
        payments: [paid()],
        receipts: [receipt({ registration: { providerDocumentId: 'd', mark, link: null, details: {} } })],
        listed: [listed({ mark: { ...mark, registered_at: '2026-05-04T13:00:59+03:00' } })],
      },
    ],
    [
      'what a person has resolved without an id',
      {
        payments: [paid()],
        receipts: [receipt({ registration: { providerDocumentId: null, mark, link: null, details: {} } })],
        listed: [listed({ mark })],
      },
    ],
    ['what another system had rejected', { listed: [listed({ status: 'rejected' })] }],
  ])('%s is no finding', (_, known) => {
    expect(compare(known).found).toEqual([]);
  });
});

describe('what does not fit', () => {
  it.each<readonly [string, Known, readonly string[]]>([
    ['a payment alone', { payments: [paid()] }, ['paid-without-receipt: hand-in']],
    [
      'a payment whose receipt was rejected',
      { payments: [paid()], receipts: [receipt({ state: 'rejected' })] },
      ['paid-without-receipt: resubmit'],
    ],
    ['a receipt alone', { receipts: [receipt()] }, ['receipt-without-payment: check-payment']],
    [
      'another amount',
      { payments: [paid()], receipts: [receipt({ totalMinor: 101 })] },
      ['amount-differs: replace'],
    ],
    [
      'two receipts',
      { payments: [paid()], receipts: [receipt(), receipt()] },
      ['two-receipts: refund-surplus'],
    ],
    [
      'a double whose refund was rejected',
      {
        payments: [paid()],
        receipts: [receipt(), receipt(), receipt({ type: 'sell_refund', state: 'rejected' })],
      },
      ['two-receipts: refund-surplus'],
    ],
    [
      'money given back without a receipt',
      { payments: [paid(), paid({ type: 'sell_refund' })], receipts: [receipt()] },
      ['refund-without-receipt: refund-receipt'],
    ],
    [
      'two payments and one receipt',
      { payments: [paid(), paid({ line: 2, at: noon + 1 })], receipts: [receipt()] },
      ['paid-without-receipt: hand-in'],
    ],
    [
      'a payment whose receipt another system has made, which is not handed in again',
      { payments: [paid()], listed: [listed()] },
      ['other-system: person'],
    ],
    [
      'one that could be of the payment, as far as it can be read',
      { payments: [paid()], listed: [listed({ status: null, type: null, totalMinor: null })] },
      ['other-system: person'],
    ],
    [
      'a rejected receipt that the provider has registered',
      {
        payments: [paid()],
        receipts: [receipt({ state: 'rejected', providerDocumentId: 'd' })],
        listed: [listed()],
      },
      ['mark-differs: person', 'paid-without-receipt: resubmit'],
    ],
    [
      'another mark',
      {
        payments: [paid()],
        receipts: [
          receipt({
            providerDocumentId: 'd',
            registration: { providerDocumentId: 'd', mark, link: null, details: {} },
          }),
        ],
        listed: [listed({ mark: { ...mark, fiscal_attribute: '4' } })],
      },
      ['mark-differs: person'],
    ],
  ])('%s', (_, known, expected) => {
    expect(compare(known).found).toEqual(expected);
  });

  it('tells amount, line and receipt, and which members of a mark differ', () => {
    const { findings } = compare({ payments: [paid({ line: 7 })], receipts: [receipt({ totalMinor: 101 })] });
    expect(findings).toEqual([
      {
        code: 'reconciliation.amount-differs',
        kind: 'amount-differs',
        message: 'The receipt has another amount than the payment.',
        advice: 'replace',
        paymentId: 'p',
        operationType: 'sell',
        payment: { line: 7, amountMinor: 100, time: new Date(noon) },
        receipts: [
          { id: 'r-1', state: 'registered', totalMinor: 101, acceptedAt: new Date(noon), reasonCode: null },
        ],
      },
    ]);
  });
});

describe('what is under way', () => {
  const states = [
    'accepted',
    'sending',
    'pending',
    'unknown',
    'parked',
  ] as const satisfies readonly EntryState[];
  it.each(states)('%s is counted, and no finding, whatever its amount', (state) => {
    const open = receipt({ state, totalMinor: 7 });
    for (const known of [
      { payments: [paid()], receipts: [open] },
      { payments: [paid()], receipts: [open, receipt({ totalMinor: 3 })] },
      { payments: [paid()], receipts: [open], listed: [listed()] },
      { receipts: [open] },
    ]) {
      const { found, counted } = compare(known);
      expect(found).toEqual([]);
      expect(Object.values(counted.receiptsUnderWay).reduce((sum, count) => sum + count)).toBe(1);
    }
  });

  it.each(states)('%s is what stands for a receipt, too: a correction, or a closing receipt', (state) => {
    const correction = receipt({ state, type: 'sell_correction' });
    const closing = receipt({ state, dependsOn: 'sell' });
    const parts = [paid({ amountMinor: 30 }), paid({ amountMinor: 70, at: noon + 1 })];
    for (const [known, payments] of [
      [{ payments: [paid()], receipts: [correction] }, 1],
      [{ payments: [paid()], receipts: [receipt({ totalMinor: 90 }), correction] }, 1],
      [{ payments: parts, receipts: [receipt({ totalMinor: 30 }), closing] }, 1],
      [
        {
          payments: [paid(), paid({ type: 'sell_refund' })],
          receipts: [receipt(), receipt({ state, type: 'sell_refund_correction' })],
        },
        1,
      ],
      [
        {
          payments: [paid()],
          receipts: [receipt(), receipt(), receipt({ state, type: 'sell_refund_correction' })],
        },
        0,
      ],
    ] as const) {
      const { found, counted } = compare(known);
      expect(found).toEqual([]);
      expect(counted.paymentsUnderWay).toBe(payments);
    }
    const doubled = { payments: [paid()], receipts: [receipt(), receipt(), closing] };
    expect(compare(doubled).found).toEqual(['two-receipts: refund-surplus']);
    const tripled = {
      payments: [paid()],
      receipts: [receipt(), receipt(), receipt(), receipt({ state, type: 'sell_refund' })],
    };
    expect(compare(tripled).found).toEqual(['two-receipts: refund-surplus']);
  });

  it('tells the doubtful and the held apart', () => {
    const { counted } = compare({
      receipts: [
        receipt({ state: 'unknown', reasonCode: 'provider.doubtful' }),
        receipt({ state: 'accepted', reasonCode: 'sale.rejected' }),
      ],
    });
    expect(counted.receiptsUnderWay).toMatchObject({ doubtful: 1, held: 1, unknown: 0, waiting: 0 });
  });

  it('is a payment of a moment ago', () => {
    const { found, counted } = compare({ payments: [paid()] }, { ...rules, now: noon + 999 });
    expect(found).toEqual([]);
    expect(counted.paymentsUnderWay).toBe(1);
  });
});

it('advises by country and age: the receipt while in time, then a correction or a person', () => {
  const late = { inTime: false };
  expect(adviceOn('paid-without-receipt', { country: 'ru', ...late })).toBe('correct');
  expect(adviceOn('refund-without-receipt', { country: 'ru', ...late })).toBe('correct');
  expect(adviceOn('amount-differs', { country: 'ru', ...late })).toBe('correct');
  expect(adviceOn('paid-without-receipt', { country: 'uz', ...late })).toBe('person');
  expect(adviceOn('paid-without-receipt', { country: 'uz', inTime: true })).toBe('hand-in');
  expect(adviceOn('paid-without-receipt', { country: null, ...late })).toBe('person');
  expect(adviceOn('two-receipts', { country: 'uz', ...late })).toBe('person');
});

describe('a line', () => {
  const record = { paymentId: 'p', amount: '100.50', time: '2026-03-31T12:00:00+03:00' };

  it('is read: a sale unless it says otherwise', () => {
    expect(readPayment({ ...record, currency: 'rub' }, 3)).toEqual({
      paymentId: 'p',
      type: 'sell',
      amountMinor: 10_050,
      time: new Date('2026-03-31T09:00:00Z'),
      currency: 'RUB',
      line: 3,
    });
    expect(readPayment({ ...record, paymentId: 17, kind: 'refund', line: 9 }, 3)).toMatchObject({
      paymentId: '17',
      type: 'sell_refund',
      line: 9,
    });
  });

  it.each([
    ['payment.unreadable', { line: 3, unreadable: 'no JSON' }],
    ['payment.id', { ...record, paymentId: ' ' }],
    ['payment.id', { ...record, paymentId: 'x'.repeat(256) }],
    ['payment.id', { ...record, paymentId: 1.5 }],
    ['payment.id', { ...record, paymentId: '\ud83d' }],
    ['payment.kind', { ...record, kind: 'gift' }],
    ['payment.kind', { ...record, kind: 'toString' }],
    ['payment.amount', { ...record, amount: '-1' }],
    ['payment.amount', { ...record, amount: '1 000,00' }],
    ['payment.amount', { ...record, amount: Number.NaN }],
    ['payment.amount', { ...record, amount: null }],
    ['payment.scale', { ...record, amount: '100.505' }],
    ['payment.scale', { ...record, amount: 0.1 + 0.2 }],
    ['payment.time', { ...record, time: '2026-03-31 12:00:00' }],
    ['payment.time', { ...record, time: '2026-02-31T12:00:00' }],
    ['payment.time', { ...record, time: 1_700_000_000 }],
    ['payment.time', { ...record, time: '2026-02-30T12:00:00Z' }],
    ['payment.time', { ...record, time: '2025-02-29 23:59:59+03:00' }],
    ['payment.time', { ...record, time: '2026-13-01T12:00:00Z' }],
    ['payment.currency', { ...record, currency: 'USD' }],
    ['payment.id', null],
  ])('%s: %j', (code, given) => {
    expect(readPayment(given as never, 3)).toMatchObject({ code, line: 3 });
  });
});
