import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fileWith } from '../configuration/configuration.fixture.js';
import { type Answer, type Harness, openHarness, type SignedCall, shop } from '../gateway.fixture.js';
import { position, sale } from '../receipt.fixture.js';

const cafe = { merchantId: '700124', secretKey: 'the key of the cafe' };

let harness: Harness;

beforeEach(async () => {
  const nowhere = { baseUrl: 'http://127.0.0.1:9' };
  const merchants = [
    {},
    { id: cafe.merchantId, secretKey: { env: 'CAFE' }, freedompay: nowhere, fiscalbox: nowhere },
  ];
  harness = await openHarness({
    FISCALKIT_CONFIG: fileWith(JSON.stringify({ merchants })),
    CAFE: cafe.secretKey,
  });
});
afterEach(() => harness.close());

/** Hands in a receipt, and waits for it. */
async function created(document: unknown): Promise<Answer['body']> {
  const body = JSON.stringify(document);
  const answer = await harness.signed({ method: 'POST', path: '/v5/receipts?wait=5000', body });
  expect(answer.status).toBe(200);
  return answer.body.data;
}

type Derived = 'refund' | 'close';

/** Requests a refund or closing receipt, and waits for it. */
function derive(
  verb: Derived,
  id: string,
  {
    body,
    version = 'v5',
    wait = 5_000,
    ...call
  }: Omit<SignedCall, 'body' | 'path'> & {
    body?: unknown;
    version?: 'v1' | 'v5';
    wait?: number;
  } = {},
): Promise<Answer> {
  return harness.signed({
    ...call,
    method: 'POST',
    path: `/${version}/receipts/${id}/${verb}?wait=${wait}`,
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
}

const keyed = (key: string) => ({ headers: { 'Idempotency-Key': key } });
const numberAtSandbox = () => harness.sandbox.journal().receipts.length;

const prepaidPosition = (changes: Record<string, unknown> = {}) =>
  position({ vat_code: 'vat_122', payment_method: 'full_prepayment', payment_object: 'payment', ...changes });

const prepayment = (changes: Record<string, unknown> = {}) =>
  sale({
    positions: [prepaidPosition({ price: 50, quantity: 2 }), prepaidPosition({ name: 'Чашка' })],
    ...changes,
  });

describe('POST /v5/receipts/{id}/refund', () => {
  it('refunds all of a sale without a body, and says of what', async () => {
    const { receipt_id } = await created(sale());
    const { status, body, headers } = await derive('refund', receipt_id);
    expect(status).toBe(200);
    expect(headers).not.toHaveProperty('idempotency-replayed');
    expect(body).toEqual({
      data: expect.objectContaining({
        operation_type: 'sell_refund',
        status: 'registered',
        payment_id: '764239789',
        total: 200,
        settlements: [{ type: 'cashless', sum: 200 }],
        origin: { receipt_id, relation: 'refund' },
      }),
    });
    expect(Object.keys(body.data).at(-1)).toBe('origin');

    const read = await harness.signed({ path: `/v5/receipts/${body.data.receipt_id}` });
    expect(read.body.data).toEqual(body.data);
    const list = await harness.signed({ path: '/v5/receipts?operation_type=sell_refund' });
    expect(list.body.data).toEqual([body.data]);
    const { body: of } = await harness.signed({ path: `/v5/receipts/${receipt_id}` });
    expect(of.data).not.toHaveProperty('origin');
    expect(numberAtSandbox()).toBe(2);
  });

  it('refunds in parts, by quantity and by sum, until nothing is left', async () => {
    const { receipt_id: id } = await created(sale());
    const part = (refund_id: string, positions: object[], settlements?: object[]) =>
      derive('refund', id, { body: { positions, settlements, refund_id } });
    const first = await part('r-1', [{ index: 0, quantity: '1.000' }], [{ type: 'cash', sum: '50.00' }]);
    expect(first.body.data).toMatchObject({ total: 50, settlements: [{ type: 'cash', sum: 50 }] });
    const second = await part('r-2', [{ index: 1, sum: '30.50' }]);
    expect(second.body.data).toMatchObject({
      total: 30.5,
      positions: [{ quantity: 1, price: 30.5, sum: 30.5 }],
    });
    const tooMuch = await part('r-3', [{ index: 1, sum: 69.51 }]);
    expect(tooMuch.status).toBe(409);
    expect(tooMuch.body.error).toMatchObject({
      code: 'refund.exceeds-sale',
      retryable: false,
      message: expect.stringContaining('1 for 69.50 of position 1'),
      faults: [{ code: 'refund.exceeds-sale', path: '$.positions[0].sum' }],
      errors: { '$.positions[0].sum': [expect.any(String)] },
    });
    const rest = await derive('refund', id);
    expect(rest.body.data.total).toBe(119.5);
    const none = await derive('refund', id, { body: { refund_id: 'r-4' } });
    expect(none.status).toBe(409);
    expect(none.body.error).toMatchObject({
      code: 'refund.exceeds-sale',
      message: expect.stringContaining('nothing is left'),
    });
    expect(numberAtSandbox()).toBe(4);
  });

  it('is one refund however often it is requested, and another with an id of its own', async () => {
    const { receipt_id: id } = await created(sale());
    const body = { positions: [{ index: 0, quantity: 1 }] };
    const first = await derive('refund', id, { body });
    const spelt = { positions: [{ index: 0, quantity: '1.0', sum: null }], settlements: '', refund_id: null };
    const again = await derive('refund', id, { body: spelt, version: 'v1' });
    expect(again.headers).toMatchObject({
      'idempotency-replayed': 'true',
      'fiscalkit-warnings': 'receipt.same-content',
    });
    expect(again.body).toEqual(first.body);

    const meant = await derive('refund', id, { body: { ...body, refund_id: 2 } });
    expect(meant.headers).not.toHaveProperty('idempotency-replayed');
    expect(meant.body.data.receipt_id).not.toBe(first.body.data.receipt_id);
    expect(numberAtSandbox()).toBe(3);
  });

  it('knows a refund by its key, and refuses the key for another', async () => {
    const { receipt_id: id } = await created(sale());
    const body = { positions: [{ index: 1 }] };
    const first = await derive('refund', id, { body, ...keyed('refund-1') });
    const again = await derive('refund', id, { body, ...keyed('refund-1') });
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(again.headers).not.toHaveProperty('fiscalkit-warnings');
    expect(again.body).toEqual(first.body);
    const other = await derive('refund', id, { body: { positions: [{ index: 0 }] }, ...keyed('refund-1') });
    expect(other.status).toBe(409);
    expect(other.body.error.code).toBe('idempotency.conflict');
    const signed = await derive('refund', id, { body, claims: { idempotencyKey: 'refund-1' } });
    expect(signed.body).toEqual(first.body);
  });

  it('makes one refund of twenty requests at once', async () => {
    const { receipt_id: id } = await created(sale());
    const answers = await Promise.all(Array.from({ length: 20 }, () => derive('refund', id)));
    expect(new Set(answers.map(({ body }) => body.data.receipt_id)).size).toBe(1);
    expect(answers.filter(({ headers }) => headers['idempotency-replayed'] !== 'true')).toHaveLength(1);
    expect(numberAtSandbox()).toBe(2);
  });

  it('never refunds more than the sale, whoever comes at once', async () => {
    const { receipt_id: id } = await created(sale());
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        derive('refund', id, { body: { positions: [{ index: 1, sum: 30 }], refund_id: index } }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, ...Array(9).fill(409)]);
    const refused = answers.filter(({ status }) => status === 409).map(({ body }) => body.error.code);
    expect(new Set(refused)).toEqual(new Set(['refund.exceeds-sale']));
  });

  it('waits with the refund for a sale that is not registered yet', async () => {
    harness.sandbox.faults.add({ endpoint: 'receipts.create', fault: { kind: 'stay-pending', forMs: 500 } });
    const path = '/v5/receipts';
    const { body } = await harness.signed({ method: 'POST', path, body: JSON.stringify(sale()) });
    const early = await derive('refund', body.data.receipt_id, { wait: 0 });
    expect(early).toMatchObject({ status: 200, body: { data: { status: 'pending' } } });
    const later = await derive('refund', body.data.receipt_id);
    expect(later.body.data).toMatchObject({ receipt_id: early.body.data.receipt_id, status: 'registered' });
  });

  it('tells of what is doubtful in a header', async () => {
    const { receipt_id: id } = await created(
      sale({
        receipt_format: 'ru_1_2',
        positions: [
          position({
            price: 200,
            payment_object: 'marked',
            mark_code_type: { mark_code_raw: '0104600000000015215Z7DdTe' },
          }),
        ],
      }),
    );
    const { headers } = await derive('refund', id, { body: { positions: [{ index: 0, sum: 20 }] } });
    expect(headers['fiscalkit-warnings']).toBe('refund.position.mark');
  });
});

describe('POST /v5/receipts/{id}/close', () => {
  it('makes one receipt of twelve deliveries at once', async () => {
    const { receipt_id } = await created(prepayment());
    const answers = await Promise.all(Array.from({ length: 12 }, () => derive('close', receipt_id)));
    expect(new Set(answers.map(({ body }) => body.data.receipt_id)).size).toBe(1);
    expect(answers[0]?.body).toEqual({
      data: expect.objectContaining({
        operation_type: 'sell',
        status: 'registered',
        total: 200,
        settlements: [{ type: 'prepayment', sum: 200 }],
        origin: { receipt_id, relation: 'closing' },
        positions: [
          expect.objectContaining({
            vat_code: 'vat_22',
            payment_method: 'full_payment',
            payment_object: 'goods',
          }),
          expect.objectContaining({ name: 'Чашка', sum: 100 }),
        ],
      }),
    });
    expect(answers[0]?.headers['fiscalkit-warnings']).toContain('closing.payment-object.assumed');
    expect(numberAtSandbox()).toBe(2);
  });

  it('takes what is known only at the delivery, in parts that an id tells apart', async () => {
    const { receipt_id: id } = await created(
      sale({ receipt_format: 'ru_1_2', positions: [prepaidPosition({ quantity: 2 })] }),
    );
    const parcel = (delivery_id: string, mark_code_raw: string) =>
      derive('close', id, {
        body: {
          positions: [{ index: 0, quantity: 1, payment_object: 'goods', mark_code_type: { mark_code_raw } }],
          delivery_id,
          delivered_on: '2026-11-30',
        },
      });
    const first = await parcel('parcel-1', '0104600000000015215Z7DdTe');
    expect(first.body.data).toMatchObject({
      total: 100,
      positions: [
        { payment_object: 'marked', mark_code_type: { mark_code_raw: '0104600000000015215Z7DdTe' } },
      ],
    });
    const second = await parcel('parcel-2', '0104600000000015215Z7DdTf');
    expect(second.status).toBe(200);
    const third = await parcel('parcel-3', '0104600000000015215Z7DdTg');
    expect(third.status).toBe(409);
    expect(third.body.error.code).toBe('closing.exceeds-prepaid');
    expect((await parcel('parcel-1', '0104600000000015215Z7DdTe')).body).toEqual(first.body);
  });

  it('gives back by each receipt what it has by now, all of them in the answer', async () => {
    const { receipt_id: prepaid } = await created(prepayment());
    const { body: closed } = await derive('close', prepaid, { body: { positions: [{ index: 1 }] } });
    const inCash = await derive('refund', prepaid, { body: { settlements: [{ type: 'cash', sum: 200 }] } });
    expect([inCash.status, inCash.body.error.code]).toEqual([422, 'refund.settlements.several']);
    const { status, body } = await derive('refund', prepaid);
    expect(status).toBe(200);
    expect(Object.keys(body)).toEqual(['data', 'further']);
    expect(body.data).toMatchObject({
      operation_type: 'sell_refund',
      total: 100,
      settlements: [{ type: 'cashless', sum: 100 }],
      origin: { receipt_id: prepaid, relation: 'refund' },
    });
    expect(body.further).toEqual([
      expect.objectContaining({
        status: 'registered',
        operation_type: 'sell_refund',
        total: 100,
        settlements: [{ type: 'cashless', sum: 100 }],
        origin: { receipt_id: closed.data.receipt_id, relation: 'refund' },
      }),
    ]);
    const again = await derive('refund', prepaid);
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(again.body).toEqual(body);
    expect(numberAtSandbox()).toBe(4);
  });
});

describe('a refund or closing receipt that can not be', () => {
  const cases: readonly [
    what: string,
    verb: Derived,
    document: unknown,
    body: unknown,
    expected: { status: number; code: string; faults: [code: string, path: string][] },
  ][] = [
    [
      'of a refund',
      'refund',
      sale({ operation_type: 'sell_refund' }),
      {},
      { status: 422, code: 'refund.of-refund', faults: [['refund.of-refund', '$.operation_type']] },
    ],
    [
      'of a position that there is not',
      'refund',
      sale(),
      { positions: [{ index: 2 }] },
      {
        status: 422,
        code: 'refund.position.unknown',
        faults: [['refund.position.unknown', '$.positions[0].index']],
      },
    ],
    [
      'of a position that there can not be',
      'refund',
      sale(),
      { positions: [{ index: -1 }] },
      {
        status: 422,
        code: 'refund.position.unknown',
        faults: [['refund.position.unknown', '$.positions[0].index']],
      },
    ],
    [
      'of more than is left',
      'refund',
      sale(),
      { positions: [{ index: 0, quantity: 3 }] },
      {
        status: 409,
        code: 'refund.exceeds-sale',
        faults: [['refund.exceeds-sale', '$.positions[0].quantity']],
      },
    ],
    [
      'of zero',
      'refund',
      sale(),
      {
        positions: [
          { index: 0, quantity: 0 },
          { index: 1, sum: '0.00' },
        ],
      },
      {
        status: 422,
        code: 'refund.zero',
        faults: [
          ['refund.zero', '$.positions[0].quantity'],
          ['refund.zero', '$.positions[1].sum'],
        ],
      },
    ],
    [
      'of nothing',
      'refund',
      sale(),
      { positions: [] },
      { status: 422, code: 'refund.zero', faults: [['refund.zero', '$.positions']] },
    ],
    [
      'paid out as another sum',
      'refund',
      sale(),
      { settlements: [{ type: 'cash', sum: 199 }] },
      {
        status: 422,
        code: 'receipt.invalid',
        faults: [['receipt.settlements.mismatch', '$.settlements']],
      },
    ],
    [
      'with faults of several kinds',
      'refund',
      sale(),
      { positions: [{ index: 0, quantity: 'one' }, { index: '1' }], note: 'torn' },
      {
        status: 422,
        code: 'receipt.invalid',
        faults: [
          ['quantity.format', '$.positions[0].quantity'],
          ['field.type', '$.positions[1].index'],
          ['field.unknown', '$.note'],
        ],
      },
    ],
    [
      'of no object',
      'refund',
      sale(),
      'null',
      { status: 422, code: 'receipt.invalid', faults: [['field.type', '$']] },
    ],
    [
      'of what was not prepaid',
      'close',
      sale(),
      {},
      { status: 422, code: 'closing.not-prepaid', faults: [['closing.not-prepaid', '$.positions']] },
    ],
    [
      'of more than was prepaid',
      'close',
      prepayment(),
      { positions: [{ index: 0, quantity: 2.5 }] },
      {
        status: 409,
        code: 'closing.exceeds-prepaid',
        faults: [['closing.exceeds-prepaid', '$.positions[0].quantity']],
      },
    ],
    [
      'of a payment instead of goods',
      'close',
      prepayment(),
      { positions: [{ index: 0, payment_object: 'payment' }] },
      {
        status: 422,
        code: 'closing.payment-object',
        faults: [['closing.payment-object', '$.positions[0].payment_object']],
      },
    ],
    [
      'of an advance without its goods',
      'close',
      sale({ positions: [prepaidPosition({ price: 200, payment_method: 'advance' })] }),
      {},
      {
        status: 422,
        code: 'closing.positions.required',
        faults: [['closing.positions.required', '$.positions']],
      },
    ],
    [
      'on a day that there is not',
      'close',
      prepayment(),
      { delivered_on: '2026-02-30' },
      { status: 422, code: 'receipt.invalid', faults: [['field.date', '$.delivered_on']] },
    ],
  ];

  it.each(cases)('%s', async (_what, verb, document, body, { status, code, faults }) => {
    const { receipt_id } = await created(document);
    const answer = await derive(verb, receipt_id, { body });
    expect([answer.status, answer.body.error.code]).toEqual([status, code]);
    expect(
      answer.body.error.faults.map((fault: { code: string; path: string }) => [fault.code, fault.path]),
    ).toEqual(faults);
    expect(answer.body.error.retryable).toBe(false);
    expect((await harness.signed({})).body.data).toHaveLength(1);
  });

  it('what is closed is closed', async () => {
    const { receipt_id } = await created(prepayment());
    await derive('close', receipt_id);
    const more = await derive('close', receipt_id, { body: { delivery_id: 'again' } });
    expect([more.status, more.body.error.code]).toEqual([409, 'closing.exceeds-prepaid']);
  });

  it('a rejected sale', async () => {
    harness.sandbox.faults.add({ endpoint: 'receipts.create', fault: { kind: 'reject' } });
    const { receipt_id, status } = await created(sale());
    expect(status).toBe('rejected');
    const refused = await derive('refund', receipt_id);
    expect([refused.status, refused.body.error.code, refused.body.error.retryable]).toEqual([
      409,
      'origin.rejected',
      false,
    ]);
  });

  it('a prepayment that is not registered yet, which may be closed later', async () => {
    harness.sandbox.faults.add({ endpoint: 'receipts.create', fault: { kind: 'stay-pending' } });
    const { body } = await harness.signed({
      method: 'POST',
      body: JSON.stringify(prepayment()),
    });
    const { status, body: refused, headers } = await derive('close', body.data.receipt_id);
    expect([status, refused.error.code, refused.error.retryable]).toEqual([409, 'origin.unregistered', true]);
    expect(headers['retry-after']).toBe('1');
  });

  it.each(['refund', 'close'] as const)('a receipt that the merchant does not have: %s', async (verb) => {
    const { receipt_id } = await created(prepayment());
    const ofAnother = await derive(verb, receipt_id, cafe);
    expect([ofAnother.status, ofAnother.body.error.code]).toEqual([404, 'receipt.not-found']);
    const unknown = await derive(verb, 'adec9d48-be2a-4bf4-8ca1-3432fd8920c5');
    expect([unknown.status, unknown.body.error.code]).toEqual([404, 'receipt.not-found']);
    const noId = await derive(verb, '17');
    expect([noId.status, noId.body.error.code]).toEqual([400, 'receipt.id.format']);
    expect((await derive(verb, receipt_id.toUpperCase())).status).toBe(200);
  });

  it.each(['refund', 'close'] as const)('a request that can not be read: %s', async (verb) => {
    const { receipt_id: id } = await created(prepayment());
    const codeOf = async (answer: Promise<Answer>) => {
      const { status, body } = await answer;
      return [status, body.error.code];
    };
    expect(await codeOf(derive(verb, id, { body: '{' }))).toEqual([400, 'body.json.invalid']);
    expect(await codeOf(derive(verb, id, { body: '{"positions":[],"positions":null}' }))).toEqual([
      400,
      'body.json.duplicate-key',
    ]);
    const path = `/v5/receipts/${id}/${verb}`;
    expect(await codeOf(harness.signed({ method: 'POST', path: `${path}?wait=soon` }))).toEqual([
      400,
      'query.wait',
    ]);
    expect(await codeOf(harness.signed({ method: 'POST', path: `${path}?utc=5` }))).toEqual([
      400,
      'query.unknown',
    ]);
    expect(await codeOf(harness.send(path, { method: 'POST' }))).toEqual([401, 'signature.missing']);
    expect(await codeOf(derive(verb, id, { secretKey: `${shop.secretKey}?` }))).toEqual([
      401,
      'signature.mismatch',
    ]);
    expect(await codeOf(derive(verb, id, keyed('x'.repeat(256))))).toEqual([400, 'idempotency.key.format']);
    expect(numberAtSandbox()).toBe(1);
  });
});

describe('POST /v5/receipts/registered', () => {
  const link = 't=20260314T1205&s=200.00&fn=9999078900006286&i=133&fp=3449555941&n=1';
  const imported = (body: unknown, call: Partial<SignedCall> = {}) =>
    harness.signed({ ...call, method: 'POST', path: '/v5/receipts/registered', body: JSON.stringify(body) });

  it.each([
    ['$.receipt.positions', { receipt: sale({ positions: [] }), receipt_link: link }],
    ['$.receipt', { receipt: [], receipt_link: link }],
  ])('names a fault by its path in the body: %s', async (path, body) => {
    const { error } = (await imported(body)).body;
    const [fault] = error.details ?? error.faults;
    expect(fault.path).toBe(path);
    expect(fault.message).not.toContain('record');
  });

  it('takes a receipt of another system, which is then refunded as one of its own', async () => {
    const before = numberAtSandbox();
    const { status, body } = await imported({ receipt: sale(), receipt_link: link });
    expect([status, body.data.status, body.data.fiscal_document_number]).toEqual([200, 'registered', '133']);
    const again = await imported({ receipt: sale(), receipt_link: link });
    expect(again.body).toEqual(body);
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(numberAtSandbox()).toBe(before);
    const refund = await derive('refund', body.data.receipt_id);
    expect(refund.body.data).toMatchObject({
      status: 'registered',
      origin: { receipt_id: body.data.receipt_id },
    });
    expect(numberAtSandbox()).toBe(before + 1);
  });

  it.each([
    [422, 'receipt.invalid', {}],
    [422, 'receipt.invalid', { receipt: [], receipt_link: link }],
    [422, 'receipt.invalid', { receipt: sale(), receipt_link: link, mark: {} }],
    [422, 'receipt.invalid', { receipt: sale({ positions: [] }), receipt_link: link }],
    [422, 'link.host', { receipt: sale(), receipt_link: 'https://example.com/r' }],
    [422, 'receipt.mark-differs', { receipt: sale(), receipt_link: link.replace('200.00', '2.00') }],
  ])('answers %i %s', async (status, code, body) => {
    const answer = await imported(body);
    expect([answer.status, answer.body.error.code]).toEqual([status, code]);
  });
});
