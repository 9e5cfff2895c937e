import { describe, expect, it } from 'vitest';
import { russianReceipt } from '../examples/receipts.js';
import { markedPositionSchema, uzbekPositionSchema } from '../receipt/position.js';
import { type ClosingOptions, closingOf } from './closing-of.js';
import { checkClosingRequest, closingPositionSchema } from './closing-request.js';
import { prepaidAs, receiptOf } from './drawn-sales.fixture.js';
import { type RefundOptions, refundOf } from './refund-of.js';
import { checkRefundRequest } from './refund-request.js';

type Check = typeof checkRefundRequest | typeof checkClosingRequest;

const faultsOf = (check: Check, input: unknown) => {
  const checked = check(input);
  return checked.ok ? [] : checked.faults.map(({ code, path }) => [code, path]);
};

const checks: [string, Check][] = [
  ['checkRefundRequest', checkRefundRequest],
  ['checkClosingRequest', checkClosingRequest],
];

describe.each(checks)('%s', (_, check) => {
  it('takes a request without members, and members without a value', () => {
    expect(check({})).toEqual({ ok: true, request: {} });
    const absent = { positions: null, settlements: '' };
    expect(check(absent)).toEqual({ ok: true, request: {} });
    const members = { index: 0, quantity: null, sum: '', labels: null };
    expect(check({ ...absent, positions: [members] })).toEqual({
      ok: true,
      request: { positions: [{ index: 0 }] },
    });
  });

  it('reads amounts and quantities from numbers and texts', () => {
    const positions = [
      { index: 0, quantity: '1.5000', sum: '10.50' },
      { index: 1, quantity: 2, sum: 7 },
    ];
    expect(check({ positions, settlements: [{ type: 'cash', sum: '17.500' }] })).toEqual({
      ok: true,
      request: {
        positions: [
          { index: 0, quantity: 1.5, sum: 10.5 },
          { index: 1, quantity: 2, sum: 7 },
        ],
        settlements: [{ type: 'cash', sum: 17.5 }],
      },
    });
  });

  it('leaves to the sale what depends on it: zero, too much, no position at all', () => {
    const positions = [
      { index: 99, quantity: 0, sum: '0.00' },
      { index: 0, sum: 9_999_999_999.99 },
    ];
    expect(faultsOf(check, { positions })).toEqual([]);
    expect(faultsOf(check, { positions: [] })).toEqual([]);
  });

  it.each([
    ['field.type', '$', null],
    ['field.type', '$', []],
    ['field.type', '$', 'all'],
    ['field.unknown', '$.position', { position: [] }],
    ['field.unknown', '$.receipt_id', { receipt_id: '1' }],
    ['field.type', '$.positions', { positions: { index: 0 } }],
    ['field.type', '$.positions[0]', { positions: [0] }],
    ['field.type', '$.positions[0]', { positions: [null] }],
    ['field.type', '$.positions[0].index', { positions: [{ index: '0' }] }],
    [
      'field.unknown',
      '$.positions[0].payment_method',
      { positions: [{ index: 0, payment_method: 'advance' }] },
    ],
    ['quantity.format', '$.positions[0].quantity', { positions: [{ index: 0, quantity: '1,5' }] }],
    ['quantity.precision', '$.positions[0].quantity', { positions: [{ index: 0, quantity: 0.0005 }] }],
    ['quantity.range', '$.positions[0].quantity', { positions: [{ index: 0, quantity: -1 }] }],
    ['field.type', '$.positions[0].quantity', { positions: [{ index: 0, quantity: true }] }],
    ['amount.format', '$.positions[0].sum', { positions: [{ index: 0, sum: '1e3' }] }],
    ['amount.precision', '$.positions[0].sum', { positions: [{ index: 0, sum: 0.001 }] }],
    ['amount.negative', '$.positions[0].sum', { positions: [{ index: 0, sum: -1 }] }],
    ['amount.range', '$.positions[0].sum', { positions: [{ index: 0, sum: 10_000_000_000 }] }],
    ['field.type', '$.positions[0].labels', { positions: [{ index: 0, labels: 'label' }] }],
    ['field.length', '$.positions[0].labels[0]', { positions: [{ index: 0, labels: ['x'.repeat(257)] }] }],
    [
      'receipt.position.labels.count',
      '$.positions[0].labels',
      { positions: [{ index: 0, labels: Array.from({ length: 301 }, () => 'label') }] },
    ],
    [
      'receipt.positions.count',
      '$.positions',
      { positions: Array.from({ length: 101 }, () => ({ index: 0 })) },
    ],
    ['field.type', '$.settlements', { settlements: {} }],
    ['field.missing', '$.settlements[0].sum', { settlements: [{ type: 'cash' }] }],
    ['field.value', '$.settlements[0].type', { settlements: [{ type: 'card', sum: 1 }] }],
    [
      'receipt.settlements.count',
      '$.settlements',
      { settlements: Array.from({ length: 11 }, () => ({ type: 'cash', sum: 1 })) },
    ],
  ])('refuses with %s at %s', (code, path, input) => {
    expect(faultsOf(check, input)).toEqual([[code, path]]);
  });

  it('reports all faults at once', () => {
    const input = { positions: [{ index: 'first', sum: 'all' }], settlements: [{ type: 'cash' }], note: 1 };
    expect(faultsOf(check, input)).toEqual([
      ['field.type', '$.positions[0].index'],
      ['amount.format', '$.positions[0].sum'],
      ['field.missing', '$.settlements[0].sum'],
      ['field.unknown', '$.note'],
    ]);
  });
});

describe('checkRefundRequest', () => {
  it('refuses what only a request for a refund has', () => {
    expect(faultsOf(checkRefundRequest, { positions: [{ quantity: 1 }] })).toEqual([
      ['field.missing', '$.positions[0].index'],
    ]);
    expect(faultsOf(checkRefundRequest, { positions: [{ index: -1 }, { index: 0.5 }] })).toEqual([
      ['refund.position.unknown', '$.positions[0].index'],
      ['refund.position.unknown', '$.positions[1].index'],
    ]);
    expect(faultsOf(checkRefundRequest, { positions: [{ index: 0, price: 1 }] })).toEqual([
      ['field.unknown', '$.positions[0].price'],
    ]);
    expect(faultsOf(checkRefundRequest, { settlements: [] })).toEqual([
      ['receipt.settlements.count', '$.settlements'],
    ]);
    expect(faultsOf(checkRefundRequest, { refund_id: 'x'.repeat(129) })).toEqual([
      ['field.length', '$.refund_id'],
    ]);
  });

  it('reads the id of a refund as that of a payment', () => {
    expect(checkRefundRequest({ refund_id: 17 })).toEqual({ ok: true, request: { refund_id: '17' } });
    expect(checkRefundRequest({ refund_id: ' r-1 ' })).toEqual({ ok: true, request: { refund_id: 'r-1' } });
    expect(checkRefundRequest({ refund_id: '' })).toEqual({ ok: true, request: {} });
  });

  it('comes out as the options of a refund', () => {
    const checked = checkRefundRequest({
      positions: [{ index: 0, quantity: '1', sum: null }],
      settlements: [{ type: 'cash', sum: '50.00' }],
    });
    if (!checked.ok) throw new Error('refused');
    const options: RefundOptions = checked.request;
    expect(refundOf(receiptOf(russianReceipt), options)).toMatchObject({
      ok: true,
      receipt: { total: 50, settlements: [{ type: 'cash', sum: 50 }] },
    });
  });
});

describe('checkClosingRequest', () => {
  it('takes whole positions, with every member that a position may have', () => {
    const members = { ...markedPositionSchema.shape, ...uzbekPositionSchema.shape, index: null };
    expect(Object.keys(closingPositionSchema.shape).sort()).toEqual(
      Object.keys(members)
        .filter((name) => name !== 'payment_method')
        .sort(),
    );
    const position = {
      name: ' Shoes ',
      quantity: 1,
      price: '200.00',
      vat_code: 'vat_22',
      payment_object: 'goods',
      mark_code_type: { mark_code_raw: '0104600000000015215Z7DdTe', unknown: null },
      agent_type: '',
      supplier: { name: null, phone: '' },
    };
    expect(checkClosingRequest({ positions: [position] })).toEqual({
      ok: true,
      request: {
        positions: [
          {
            name: 'Shoes',
            quantity: 1,
            price: 200,
            vat_code: 'vat_22',
            payment_object: 'goods',
            mark_code_type: { mark_code_raw: '0104600000000015215Z7DdTe' },
          },
        ],
      },
    });
  });

  it('refuses what only a request for a closing receipt has', () => {
    const broken: [string, string, unknown][] = [
      ['closing.position.unknown', '$.positions[0].index', { positions: [{ index: -1 }] }],
      ['closing.position.unknown', '$.positions[0].index', { positions: [{ index: 1.5 }] }],
      ['amount.format', '$.positions[0].price', { positions: [{ price: '1 000' }] }],
      ['receipt.position.name.length', '$.positions[0].name', { positions: [{ name: 'x'.repeat(129) }] }],
      ['field.value', '$.positions[0].payment_object', { positions: [{ payment_object: 'shoes' }] }],
      ['receipt.position.ikpu', '$.positions[0].ikpu_code', { positions: [{ ikpu_code: '1' }] }],
      ['field.date', '$.delivered_on', { delivered_on: '2026-02-29' }],
      ['field.date', '$.delivered_on', { delivered_on: '30.11.2026' }],
      ['field.type', '$.delivered_on', { delivered_on: 20261130 }],
      ['field.length', '$.delivery_id', { delivery_id: ' ' }],
      ['field.unknown', '$.refund_id', { refund_id: '1' }],
    ];
    for (const [code, path, input] of broken)
      expect(faultsOf(checkClosingRequest, input)).toEqual([[code, path]]);
  });

  it('comes out as the options of a closing receipt', () => {
    const checked = checkClosingRequest({
      positions: [{ index: 1, name: 'Blue cup', quantity: 1 }],
      settlements: [],
      delivered_on: '2026-11-30',
      delivery_id: 'parcel-1',
    });
    if (!checked.ok) throw new Error('refused');
    const { delivered_on, delivery_id, ...request } = checked.request;
    const options: ClosingOptions = { ...request, deliveredOn: delivered_on };
    expect(delivery_id).toBe('parcel-1');
    expect(closingOf(prepaidAs('full_prepayment'), options)).toMatchObject({
      ok: true,
      receipt: { total: 100, positions: [{ name: 'Blue cup', payment_method: 'full_payment' }] },
    });
  });
});
