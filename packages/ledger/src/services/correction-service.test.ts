import { uncheckedCorrection, uncheckedReceipt } from '@fiscalkit/schemas';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ScriptedProvider } from '../delivery/scripted-provider.fixture.js';
import { type LedgerHarness, openLedger, testMerchant } from './ledger-harness.fixture.js';
import { sampleReceipt } from './sample-receipt.fixture.js';

const merchant = '542088';
const capabilities = { operations: ['receipt', 'correction'], formats: ['ru_1_05', 'ru_1_2'] };
let register: ScriptedProvider;
let harness: LedgerHarness;

beforeEach(async () => {
  register = new ScriptedProvider('register', capabilities);
  harness = openLedger({ providers: [register] });
  await harness.ledger.start();
});

afterEach(() => harness.close());

const sample = {
  receipt_format: 'ru_1_05',
  payment_id: '764239789',
  operation_type: 'sell_correction',
  correction_info: { type: 'self', base_date: '2026-05-03' },
  vat_totals: [{ vat_code: 'vat_22', turnover: 200 }],
  settlements: [{ type: 'cashless', sum: 200 }],
};

function create(
  changes: object = {},
  given: { idempotencyKey?: string; twin?: 'meant'; waitMs?: number; merchant?: string } = {},
) {
  const correction = uncheckedCorrection({ ...sample, ...changes });
  return harness.ledger.corrections.create({ merchant, correction, ...given });
}

async function isEmpty(): Promise<boolean> {
  const entries = await harness.store.list({ merchant, offset: 0, limit: 1 });
  return entries.length === 0 && register.calls.length === 0;
}

function refused(code: string) {
  return expect.objectContaining({ code });
}

describe('corrections.create', () => {
  it('registers a correction and answers it, with what the configuration fills in', async () => {
    const { correction, replayed, warnings } = await create({}, { waitMs: 5_000 });
    expect({ replayed, warnings }).toEqual({ replayed: false, warnings: [] });
    expect(correction).toMatchObject({
      merchant_id: '542088',
      payment_id: '764239789',
      operation_type: 'sell_correction',
      status: 'registered',
      correction_info: { type: 'self', base_date: '2026-05-03' },
      vat_totals: [{ vat_code: 'vat_22', turnover: 200, vat: 36.07 }],
      total: 200,
      company: { inn: '5544332219', tax_system: 'osn', payment_address: 'shop.ru' },
    });
    expect(correction.company).not.toHaveProperty('email');
    expect(register.documents).toHaveLength(1);
    const id = correction.receipt_id;
    expect(await harness.ledger.corrections.get({ merchant, id })).toEqual(correction);
    expect(await harness.ledger.corrections.waitFor({ merchant, id, timeoutMs: 10 })).toEqual(correction);
  });

  it('is nothing that receipts know, nor is a receipt a correction, nor another merchant’s', async () => {
    const { correction } = await create();
    const { receipt } = await harness.ledger.receipts.create({
      merchant,
      receipt: uncheckedReceipt(sampleReceipt()),
    });
    const { corrections, receipts } = harness.ledger;
    const id = correction.receipt_id;
    expect(await receipts.get({ merchant, id })).toBeNull();
    expect(await corrections.get({ merchant, id: receipt.receipt_id })).toBeNull();
    expect(await corrections.get({ merchant: 'other', id })).toBeNull();
    expect(await corrections.waitFor({ merchant: 'other', id, timeoutMs: 1 })).toBeNull();
    const query = { offset: 0, limit: 10 };
    expect((await corrections.list({ merchant, query })).map(({ receipt_id }) => receipt_id)).toEqual([id]);
    expect((await receipts.list({ merchant, query })).map(({ receipt_id }) => receipt_id)).toEqual([
      receipt.receipt_id,
    ]);
    const portions: Uint8Array[] = [];
    for await (const portion of corrections.serializeInPortions({ merchant, query })) portions.push(portion);
    expect(JSON.parse(Buffer.concat(portions).toString())).toMatchObject({ receipt_id: id, total: 200 });
    await expect(harness.ledger.receipts.refund({ merchant, receiptId: id })).rejects.toThrow(
      refused('receipt.not-found'),
    );
  });

  it.each([
    ['without its ground', { correction_info: undefined }, 'field.missing $.correction_info'],
    [
      'by order without a number',
      { correction_info: { type: 'instruction', base_date: '2026-05-03' } },
      'correction.base.number.missing $.correction_info.base_number',
    ],
    [
      'of its own with a number',
      { correction_info: { type: 'self', base_date: '2026-05-03', base_number: '1' } },
      'correction.base.number.unexpected $.correction_info.base_number',
    ],
    [
      'of tomorrow',
      { correction_info: { type: 'self', base_date: '2026-05-05' } },
      'correction.base.future $.correction_info.base_date',
    ],
    ['of Uzbekistan', { receipt_format: 'uz_1_0' }, 'correction.country $.receipt_format'],
    ['of another merchant', { merchant_id: '1' }, 'receipt.merchant.mismatch $.merchant_id'],
  ])('stores nothing of one %s', async (_, changes, fault) => {
    await expect(create(changes)).rejects.toThrow(refused('correction.invalid'));
    await create(changes).catch(({ faults }) => {
      expect(faults.map((each: { code: string; path: string }) => `${each.code} ${each.path}`)).toEqual([
        fault,
      ]);
    });
    expect(await isEmpty()).toBe(true);
  });

  it('stores nothing that no provider takes, and names those that would', async () => {
    await harness.close();
    harness = openLedger();
    const unsupported = (message: RegExp) =>
      expect.objectContaining({ code: 'provider.unsupported', message: expect.stringMatching(message) });
    await expect(create()).rejects.toThrow(unsupported(/takes a correction in the format ru_1_05.*atol/));
    expect(await isEmpty()).toBe(true);
    await harness.close();
    const of12 = new ScriptedProvider('other-register', { ...capabilities, formats: ['ru_1_2'] });
    harness = openLedger({ providers: [register, of12].slice(1) });
    await expect(create()).rejects.toThrow(unsupported(/Configured.*other-register \(ru_1_2\)/));
  });

  it('takes a repeat for one, with a key or without', async () => {
    const [first, second] = await Promise.all([create(), create()]);
    expect(first.correction.receipt_id).toBe(second.correction.receipt_id);
    expect([first.replayed, second.replayed].toSorted()).toEqual([false, true]);
    const filled = { total: '200.00', vat_totals: [{ vat_code: 'vat_22', turnover: '200', vat: 36.07 }] };
    const again = await create({ ...filled, merchant_id: 542_088, customer: null });
    expect(again).toMatchObject({ replayed: true, warnings: [{ code: 'receipt.same-content' }] });
    expect(again.correction.receipt_id).toBe(first.correction.receipt_id);
    const keyed = await create({ payment_id: '2' }, { idempotencyKey: 'k' });
    expect(await create({ payment_id: '2' }, { idempotencyKey: 'k' })).toMatchObject({
      replayed: true,
      correction: { receipt_id: keyed.correction.receipt_id },
    });
    await expect(create({ payment_id: '3' }, { idempotencyKey: 'k' })).rejects.toThrow(
      refused('idempotency.conflict'),
    );
  });

  it.each(['764239789', undefined])(
    'refuses a twin under another key, at once too (payment %s)',
    async (id) => {
      const payment = { payment_id: id };
      const results = await Promise.allSettled(
        ['a', 'b', 'c'].map((idempotencyKey) => create(payment, { idempotencyKey })),
      );
      const [made] = results.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
      expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(2);
      await expect(create(payment, { idempotencyKey: 'd' })).rejects.toThrow(
        expect.objectContaining({
          code: 'receipt.twin',
          existing: expect.objectContaining({ receiptId: made?.correction.receipt_id }),
        }),
      );
      await create(payment, { idempotencyKey: 'd', twin: 'meant' });
      expect(
        await harness.ledger.corrections.list({ merchant, query: { offset: 0, limit: 9 } }),
      ).toHaveLength(2);
    },
  );

  it('tells corrections of different grounds, days and rates', async () => {
    const changes = [
      {},
      { correction_info: { type: 'self', base_date: '2026-05-02' } },
      { correction_info: { type: 'instruction', base_date: '2026-05-02', base_number: '1' } },
      { correction_info: { type: 'instruction', base_date: '2026-05-02', base_number: '2' } },
      { vat_totals: [{ vat_code: 'vat_10', turnover: 200 }] },
      { operation_type: 'buy_correction' },
      { payment_id: null },
    ];
    const made = await Promise.all(changes.map((each) => create(each)));
    expect(new Set(made.map(({ correction }) => correction.receipt_id)).size).toBe(changes.length);
    expect(made.at(-1)?.correction).not.toHaveProperty('payment_id');
  });

  it('delivers one of a payment behind what is under way for it', async () => {
    register.usually = { kind: 'hang' };
    await harness.ledger.receipts.create({ merchant, receipt: uncheckedReceipt(sampleReceipt()) });
    await create();
    await create({ payment_id: undefined }, { waitMs: 200 });
    const sent = register.calls.map(({ body }) => JSON.parse(body).operation_type);
    expect(sent).toEqual(['sell', 'sell_correction']);
    expect(JSON.parse(register.calls[1]?.body ?? '{}')).not.toHaveProperty('payment_id');
  });

  it('is handed in again by an operator, corrected', async () => {
    register.script.push({ kind: 'refuse' });
    const { correction } = await create({}, { waitMs: 5_000 });
    expect(correction).toMatchObject({ status: 'rejected', error: { code: 'provider.rejected' } });
    const given = { by: 'anna', reason: 'Wrong day.', id: correction.receipt_id };
    const { interventions, corrections } = harness.ledger;
    await expect(
      interventions.resubmit({ ...given, document: { ...sample, correction_info: { type: 'self' } } }),
    ).rejects.toThrow(refused('correction.invalid'));
    await expect(interventions.resubmit({ ...given, document: sampleReceipt() })).rejects.toThrow(
      refused('correction.invalid'),
    );
    const correction_info = { type: 'self', base_date: '2026-05-01' };
    const next = await interventions.resubmit({ ...given, document: { ...sample, correction_info } });
    const done = await corrections.waitFor({ merchant, id: next.id, timeoutMs: 5_000 });
    expect(done).toMatchObject({ status: 'registered', correction_info });
    const old = await corrections.get({ merchant, id: correction.receipt_id });
    expect(old).toMatchObject({ status: 'rejected', superseded_by: next.id });
  });

  it('is counted in the report of its day and in exports', async () => {
    await create({}, { waitMs: 5_000 });
    const report = await harness.ledger.reports.daily({ merchant, date: '2026-05-04' });
    expect(report.rows).toMatchObject([
      {
        operationType: 'sell_correction',
        totalMinor: 20_000n,
        vat: [{ vatCode: 'vat_22', turnoverMinor: 20_000n, vatMinor: 3_607n }],
        settlements: [{ type: 'cashless', sumMinor: 20_000n }],
      },
    ]);
    const window = { from: new Date('2026-05-04'), to: new Date('2026-05-05') };
    const exported = [];
    for await (const portion of harness.ledger.reports.export({ merchant, ...window }))
      exported.push(...portion);
    expect(exported).toMatchObject([
      {
        operation_type: 'sell_correction',
        status: 'registered',
        total: '200.00',
        vat: [{ vat_code: 'vat_22', turnover: '200.00', vat: '36.07' }],
        positions: [],
      },
    ]);
  });

  it('fits the paid payment that it was registered for; one of no payment is compared with none', async () => {
    await create({}, { waitMs: 5_000 });
    await create({ payment_id: '' }, { waitMs: 5_000 });
    const payment = { paymentId: '764239789', amount: '200.00', time: '2026-05-03T10:00:00Z' };
    const report = await harness.ledger.reconciliation.reconcile({
      merchant,
      from: new Date('2026-05-03'),
      to: new Date('2026-05-05'),
      payments: [payment],
    });
    expect(report).toMatchObject({ matched: 1, receiptsNotCompared: 1, findings: [], country: 'ru' });
  });
});

describe('a correction of a payment that the ledger has a sale of', () => {
  const { receipt_format: _, ...russian } = sampleReceipt();
  const marked = { ...russian, receipt_format: 'ru_1_2' };
  const [cups] = sampleReceipt().positions;
  const piece = { ...cups, quantity: 1 };

  /** Returns members of a correction in FFD 1.2 of so many pieces, at 50.00 each. */
  function of(operation_type: string, quantity: number) {
    const positions = [{ ...piece, quantity }];
    const settlements = [{ type: 'cashless', sum: 50 * quantity }];
    return { ...marked, correction_info: sample.correction_info, operation_type, positions, settlements };
  }

  function correct(correction: object, given: { waitMs?: number } = {}) {
    return harness.ledger.corrections.create({
      merchant,
      correction: uncheckedCorrection(correction),
      ...given,
    });
  }

  async function sell(): Promise<string> {
    const { receipts } = harness.ledger;
    const { receipt } = await receipts.create({ merchant, receipt: uncheckedReceipt(marked) });
    return receipt.receipt_id;
  }

  /** Hands in a refund of so many pieces that is written by hand; returns the codes of what it is warned of. */
  async function refundByHand(quantity: number): Promise<string[]> {
    const { correction_info: __, ...refund } = of('sell_refund', quantity);
    const receipt = uncheckedReceipt(refund);
    const { warnings } = await harness.ledger.receipts.create({ merchant, receipt });
    return [...new Set(warnings.map(({ code }) => code).filter((code) => code.startsWith('refund.')))];
  }

  it('leaves less to be refunded where it corrects a refund, in turn with refunds', async () => {
    const receiptId = await sell();
    const { receipts } = harness.ledger;
    const { warnings } = await correct(of('sell_refund_correction', 1));
    expect(warnings.filter(({ code }) => code === 'refund.beyond-sale')).toEqual([]);
    await expect(
      receipts.refund({ merchant, receiptId, positions: [{ index: 0, quantity: 2 }] }),
    ).rejects.toThrow(refused('refund.exceeds-sale'));
    expect((await receipts.refund({ merchant, receiptId })).receipt.total).toBe(150);
    expect(await refundByHand(1)).toEqual(['refund.beyond-sale']);
    const again = await correct(of('sell_refund_correction', 2));
    expect(again.warnings.map(({ code }) => code)).toContain('refund.beyond-sale');
  });

  it('leaves as much as before once it is rejected', async () => {
    const receiptId = await sell();
    await expect.poll(() => register.documents.length).toBe(1);
    register.script.push({ kind: 'refuse' });
    await correct(of('sell_refund_correction', 2), { waitMs: 5_000 });
    expect((await harness.ledger.receipts.refund({ merchant, receiptId })).receipt.total).toBe(200);
  });

  it('leaves more to be refunded by hand where it corrects a sale, and is one for a refund without it', async () => {
    await correct(of('sell_correction', 2));
    expect(await refundByHand(1)).toEqual([]);
    await harness.close();
    harness = openLedger({ providers: [register] });
    await sell();
    await correct(of('sell_correction', 1));
    expect(await refundByHand(3)).toEqual([]);
    expect(await refundByHand(4)).toEqual(['refund.beyond-sale']);
    await harness.close();
    harness = openLedger({ providers: [register] });
    await sell();
    expect(await refundByHand(3)).toEqual(['refund.beyond-sale']);
    // In FFD 1.05 it has a sum and no positions.
    await create({
      ...sample,
      vat_totals: [{ vat_code: 'vat_22', turnover: 50 }],
      settlements: [{ type: 'cash', sum: 50 }],
    });
    expect((await refundByHand(1)).length).toBeLessThan(2);
  });

  it('of a refund is not accepted beyond the sale where warnings are faults, but repeated', async () => {
    await harness.close();
    harness = openLedger({ providers: [register], warningsAsFaults: true });
    await sell();
    const taken = of('sell_refund_correction', 2);
    const { correction } = await correct(taken);
    expect(await correct(taken)).toMatchObject({ replayed: true });
    await expect(correct(of('sell_refund_correction', 1))).rejects.toThrow(
      expect.objectContaining({
        code: 'correction.invalid',
        faults: expect.arrayContaining([expect.objectContaining({ code: 'refund.beyond-sale' })]),
      }),
    );
    expect(correction.total).toBe(100);
  });
});

it('corrections have no events of receipts', async () => {
  const heard: string[] = [];
  const own = openLedger({ ...testMerchant, providers: [register] });
  const kinds = ['correction.registered', 'receipt.registered', 'correction.accepted'] as const;
  own.ledger.events.on('mail', kinds, async ({ kind }: { kind: string }) => {
    heard.push(kind);
  });
  await own.ledger.start();
  await own.ledger.corrections.create({
    merchant,
    correction: uncheckedCorrection(sample),
    waitMs: 5_000,
  });
  for (let tries = 0; heard.length < 2 && tries < 100; tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 20));
  expect(heard).toEqual(['correction.accepted', 'correction.registered']);
  await own.close();
});
