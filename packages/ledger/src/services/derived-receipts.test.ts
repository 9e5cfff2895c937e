import { type FiscalReceipt, isFiscalError, type Receipt, uncheckedReceipt } from '@fiscalkit/schemas';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { originOf } from '../entry/receipt-origin.js';
import type { LedgerStore } from '../store/ledger-store.js';
import { usePostgresStores } from '../store/postgres/postgres-stores.fixture.js';
import type { CloseReceipt, RefundReceipt } from './derive-request.js';
import { type LedgerHarness, openLedger } from './ledger-harness.fixture.js';
import { sampleReceipt } from './sample-receipt.fixture.js';

const merchant = '542088';
const paymentId = '764239789';
const waitMs = 5_000;
const vera = { by: 'vera', reason: 'checked with the register' };

/** Two pairs of shoes that are paid before they are delivered: 12,200 in cash and by card. */
const prepaid = () =>
  uncheckedReceipt({
    ...sampleReceipt(),
    positions: [
      {
        name: 'Shoes',
        price: 6100,
        quantity: 2,
        vat_code: 'vat_122',
        payment_method: 'full_prepayment',
        payment_object: 'payment',
      },
    ],
    settlements: [
      { type: 'cash', sum: 2200 },
      { type: 'cashless', sum: 10_000 },
    ],
  });

/** Forty pieces at 10. */
const manyPieces = () => {
  const positions = sampleReceipt()
    .positions.slice(0, 1)
    .map((each) => ({ ...each, price: 10, quantity: 40 }));
  return sampleReceipt({ positions, settlements: [{ type: 'cash', sum: 400 }] });
};

describe('on SQLite', () => describeDerivedReceipts(() => undefined));

describe('on PostgreSQL', () => {
  const stores = usePostgresStores();
  describeDerivedReceipts(async () => stores.open(await stores.emptyLedger()));

  it('of 64 refunds at the same time, two processes let through what the sale has', async () => {
    const schema = stores.newSchema();
    const ledgers = await Promise.all(
      [1, 2].map(async () => openLedger({}, { store: await stores.open(schema) })),
    );
    const [one] = ledgers;
    await one?.ledger.start();
    const created = await one?.ledger.receipts.create({ merchant, receipt: manyPieces(), waitMs });
    const receiptId = created?.receipt.receipt_id ?? '';
    const codes = await Promise.all(
      Array.from({ length: 64 }, async (_, place) => {
        const positions = [{ index: 0, quantity: 1 }];
        try {
          await ledgers[place % 2]?.ledger.receipts.refund({
            merchant,
            receiptId,
            positions,
            refundId: `${place}`,
          });
          return null;
        } catch (error) {
          return isFiscalError(error) ? error.code : error;
        }
      }),
    );
    expect(codes.filter((code) => code === null)).toHaveLength(40);
    expect(codes.filter((code) => code === 'refund.exceeds-sale')).toHaveLength(24);
    for (const { close } of ledgers) await close();
  }, 60_000);
});

function describeDerivedReceipts(openStore: () => Promise<LedgerStore> | undefined): void {
  let harness: LedgerHarness;

  beforeEach(async () => {
    const store = await openStore();
    harness = openLedger({}, store ? { store } : {});
    await harness.ledger.start();
  });

  afterEach(() => harness.close());

  async function create(receipt: FiscalReceipt = sampleReceipt(), given: { idempotencyKey?: string } = {}) {
    const created = await harness.ledger.receipts.create({ merchant, receipt, waitMs, ...given });
    return created.receipt.receipt_id;
  }

  const refund = (receiptId: string, given: Partial<RefundReceipt> = {}) =>
    harness.ledger.receipts.refund({ merchant, receiptId, waitMs, ...given });
  const close = (receiptId: string, given: Partial<CloseReceipt> = {}) =>
    harness.ledger.receipts.close({ merchant, receiptId, waitMs, ...given });

  /** The receipts that the register has. */
  const sent = (): Receipt[] => harness.register.documents.map(({ body }) => JSON.parse(body));
  const refunds = () => sent().filter(({ operation_type }) => operation_type === 'sell_refund');
  const totals = (receipts: readonly { total: number }[]) => receipts.map(({ total }) => total);

  async function codeOf(work: Promise<unknown>): Promise<string> {
    const error: unknown = await work.then(
      () => null,
      (reason: unknown) => reason,
    );
    return isFiscalError(error) ? error.code : String(error);
  }

  describe('refund', () => {
    it('gives back all that is left, and shows of what it is', async () => {
      const id = await create();
      const { receipt, receipts, replayed, warnings } = await refund(id);
      expect(receipt).toMatchObject({
        status: 'registered',
        operation_type: 'sell_refund',
        total: 200,
        payment_id: paymentId,
        origin: { receipt_id: id, relation: 'refund' },
      });
      expect([receipts, replayed, warnings]).toEqual([[receipt], false, []]);
      expect(await harness.ledger.receipts.get({ merchant, id: receipt.receipt_id })).toEqual(receipt);
      expect(await harness.ledger.receipts.get({ merchant, id })).not.toHaveProperty('origin');
      // The provider gets the receipt alone.
      expect(refunds()[0]).not.toHaveProperty('origin');
    });

    it('never gives back more than the sale, over any number of refunds', async () => {
      const id = await create();
      await refund(id, { positions: [{ index: 0, quantity: 1 }], refundId: 'one' });
      await refund(id, { positions: [{ index: 1, sum: '33.33' }] });
      const error = await refund(id, { positions: [{ index: 0, quantity: 2 }] }).catch((reason) => reason);
      expect(error).toMatchObject({
        code: 'refund.exceeds-sale',
        retryable: false,
        faults: [{ path: '$.positions[0].quantity' }],
      });
      expect(error.message).toContain('1 for 50');
      await refund(id);
      expect(await codeOf(refund(id, { refundId: 'again' }))).toBe('refund.exceeds-sale');
      expect(totals(refunds())).toEqual([50, 33.33, 116.67]);
    });

    it('is made once for each request, whose id tells equal ones apart', async () => {
      const id = await create();
      const positions = [{ index: 0, quantity: 1 }];
      const first = await refund(id, { positions });
      const again = await refund(id, { positions });
      expect(again).toMatchObject({
        replayed: true,
        receipt: first.receipt,
        warnings: [{ code: 'receipt.same-content' }],
      });
      const second = await refund(id, { positions, refundId: '2' });
      expect(second.replayed).toBe(false);
      expect(await refund(id, { positions, refundId: '2', idempotencyKey: 'k' })).toMatchObject({
        replayed: true,
        receipt: second.receipt,
      });
      expect(await codeOf(refund(id, { refundId: '2' }))).toBe('idempotency.conflict');
      expect(totals(refunds())).toEqual([50, 50]);
    });

    it('is a repeat in any spelling, and is checked whatever its type said', async () => {
      const id = await create();
      const { receipt } = await refund(id, { positions: [{ index: 0, quantity: 1 }], refundId: '7' });
      const spelt = { positions: [{ index: 0, quantity: '1.000', sum: null }], settlements: undefined };
      expect(await refund(id, { ...spelt, refundId: ' 7 ' })).toMatchObject({ replayed: true, receipt });
      const untyped = (given: object) => refund(id, given).catch((reason) => reason);
      expect(await untyped({ position: [{ index: 0 }] })).toMatchObject({
        code: 'receipt.invalid',
        faults: [{ code: 'field.unknown', path: '$.position' }],
      });
      expect(
        await untyped({ positions: [{ index: 0, quantty: 1 }], refundId: 'x'.repeat(129) }),
      ).toMatchObject({
        faults: [
          { code: 'field.unknown', path: '$.positions[0].quantty' },
          { code: 'field.length', path: '$.refund_id' },
        ],
      });
      expect(await untyped({ positions: [{ index: -1 }] })).toMatchObject({
        code: 'refund.position.unknown',
      });
      expect(refunds()).toHaveLength(1);
    });

    it('is repeated by its key, and refused under that for another refund', async () => {
      const id = await create();
      const given = { positions: [{ index: 0, quantity: 1 }], idempotencyKey: 'a' };
      const { receipt } = await refund(id, given);
      expect(await refund(id, given)).toMatchObject({ replayed: true, receipt, warnings: [] });
      expect(await codeOf(refund(id, { idempotencyKey: 'a' }))).toBe('idempotency.conflict');
      // A key of another payment's receipt.
      await create({ ...sampleReceipt(), payment_id: 'other' }, { idempotencyKey: 'b' });
      expect(await codeOf(refund(id, { idempotencyKey: 'b' }))).toBe('idempotency.conflict');
    });

    it('of 64 at the same time lets through what the sale has', async () => {
      const id = await create(manyPieces());
      const outcomes = await Promise.all(
        Array.from({ length: 64 }, (_, place) =>
          codeOf(refund(id, { positions: [{ index: 0, quantity: 1 }], refundId: `${place}`, waitMs: 0 })),
        ),
      );
      expect(outcomes.filter((code) => code === 'null')).toHaveLength(40);
      expect(outcomes.filter((code) => code === 'refund.exceeds-sale')).toHaveLength(24);
      await expect.poll(() => refunds().length, { timeout: 20_000 }).toBe(40);
    });

    it('counts what was refunded by hand', async () => {
      const id = await create();
      const positions = sampleReceipt().positions.slice(0, 1);
      const byHand = { ...sampleReceipt(), operation_type: 'sell_refund', positions } as const;
      await create({ ...byHand, settlements: [{ type: 'cashless', sum: 100 }] });
      expect(totals([(await refund(id)).receipt])).toEqual([100]);
      expect(await codeOf(refund(id, { refundId: '2' }))).toBe('refund.exceeds-sale');
    });

    it('counts equal refunds by hand that are meant', async () => {
      await create();
      const byHand = { ...sampleReceipt(), operation_type: 'sell_refund', twin: 'meant' } as const;
      const { twin, ...receipt } = byHand;
      const again = (idempotencyKey: string) =>
        harness.ledger.receipts.create({ merchant, receipt, twin, idempotencyKey });
      expect((await again('1')).warnings.map(({ code }) => code)).not.toContain('refund.beyond-sale');
      expect((await again('2')).warnings.map(({ code }) => code)).toContain('refund.beyond-sale');
    });

    it('by hand goes over the sale with a warning only', async () => {
      const id = await create();
      await refund(id);
      const byHand = { ...sampleReceipt(), operation_type: 'sell_refund' } as const;
      const validated = await harness.ledger.receipts.validate({ merchant, receipt: byHand });
      expect(validated).toMatchObject({ ok: true, warnings: [{}, {}, { code: 'refund.beyond-sale' }] });
      const { warnings } = await harness.ledger.receipts.create({ merchant, receipt: byHand });
      expect(warnings).toEqual(validated.warnings);
      const again = await harness.ledger.receipts.create({ merchant, receipt: byHand });
      expect(again.replayed).toBe(true);
    });

    it('takes nothing while it is rejected, and again when it is resubmitted', async () => {
      const id = await create();
      harness.register.script.push({ kind: 'refuse' });
      const refused = await refund(id, { refundId: 'one' });
      expect(refused.receipt.status).toBe('rejected');
      expect(await refund(id, { refundId: 'one' })).toMatchObject({ replayed: true });
      const part = await refund(id, { positions: [{ index: 0 }] });
      expect(part.receipt.total).toBe(100);
      const action = { ...vera, id: refused.receipt.receipt_id };
      expect(await codeOf(harness.ledger.interventions.resubmit(action))).toBe('refund.exceeds-sale');
      const [, cup] = sampleReceipt().positions;
      const document = {
        ...sampleReceipt(),
        operation_type: 'sell_refund',
        positions: [cup],
        settlements: [{ type: 'cashless', sum: 100 }],
      };
      const next = await harness.ledger.interventions.resubmit({ ...action, document });
      expect(originOf(next)).toMatchObject({ receipt_id: id, taken: { positions: [{ index: 1 }] } });
      expect(await codeOf(refund(id, { refundId: 'two' }))).toBe('refund.exceeds-sale');
      const repeated = await refund(id, { refundId: 'one' });
      expect(repeated.receipts.map(({ receipt_id }) => receipt_id)).toEqual([next.id]);
      expect(repeated.replayed).toBe(true);
      await expect.poll(() => totals(refunds())).toEqual([100, 100]);
    });

    it('is resubmitted beside another that equals it, as long as something is left', async () => {
      const id = await create();
      const half = { positions: [{ index: 1, sum: '50.00' }] };
      harness.register.script.push({ kind: 'refuse' });
      const refused = await refund(id, { ...half, refundId: 'one' });
      expect(refused.receipt.status).toBe('rejected');
      expect((await refund(id, { ...half, refundId: 'two' })).receipt.status).toBe('registered');
      const next = await harness.ledger.interventions.resubmit({ ...vera, id: refused.receipt.receipt_id });
      const repeated = await refund(id, { ...half, refundId: 'one' });
      expect(repeated.receipts).toMatchObject([{ receipt_id: next.id, status: 'registered' }]);
    });

    it('waits for its sale, and stays where that is rejected, until it is resubmitted', async () => {
      harness.register.script.push({ kind: 'slow', milliseconds: 300 });
      harness.register.script.push({ kind: 'refuse' });
      const others = await create({ ...sampleReceipt(), payment_id: 'first' });
      expect(others).toBeTruthy();
      const { receipt: sale } = await harness.ledger.receipts.create({ merchant, receipt: sampleReceipt() });
      const refunded = await refund(sale.receipt_id, { waitMs: 0 });
      expect(refunded.receipt.status).toBe('pending');
      const rejected = await harness.ledger.receipts.waitFor({
        merchant,
        id: sale.receipt_id,
        timeoutMs: waitMs,
      });
      expect(rejected?.status).toBe('rejected');
      expect(await codeOf(refund(sale.receipt_id, { refundId: 'more' }))).toBe('origin.rejected');
      const next = await harness.ledger.interventions.resubmit({ ...vera, id: sale.receipt_id });
      const gone = { merchant, id: refunded.receipt.receipt_id, timeoutMs: waitMs };
      expect(await harness.ledger.receipts.waitFor(gone)).toMatchObject({ status: 'registered' });
      expect(
        sent()
          .map(({ operation_type }) => operation_type)
          .slice(-2),
      ).toEqual(['sell', 'sell_refund']);
      // By the id of any version, the next refund sees the first.
      for (const id of [sale.receipt_id, next.id])
        expect(await codeOf(refund(id, { refundId: 'more' }))).toBe('refund.exceeds-sale');
    });

    it('counts against the corrected sale what was made of a rejected one', async () => {
      harness.register.script.push({ kind: 'refuse' });
      const { receipt: sale } = await harness.ledger.receipts.create({ merchant, receipt: sampleReceipt() });
      const refunded = await refund(sale.receipt_id, { waitMs: 0 });
      await harness.ledger.receipts.waitFor({ merchant, id: sale.receipt_id, timeoutMs: waitMs });
      const corrected = await create({ ...sampleReceipt(), customer: { email: 'right@example.com' } });
      const gone = { merchant, id: refunded.receipt.receipt_id, timeoutMs: waitMs };
      expect(await harness.ledger.receipts.waitFor(gone)).toMatchObject({ status: 'registered' });
      expect(await codeOf(refund(corrected))).toBe('refund.exceeds-sale');
    });

    it.each<[string, (id: string) => Partial<RefundReceipt>]>([
      ['refund.position.unknown', () => ({ positions: [{ index: 7 }] })],
      ['refund.zero', () => ({ positions: [] })],
      ['refund.zero', () => ({ positions: [{ index: 0, quantity: 0 }] })],
      ['refund.exceeds-sale', () => ({ positions: [{ index: 0, sum: '100.01' }] })],
      ['idempotency.key.format', () => ({ idempotencyKey: 'й' })],
      ['receipt.not-found', () => ({ receiptId: '018f4f5e-7b1a-7c3d-8e2f-0123456789ab' })],
      ['receipt.not-found', () => ({ merchant: 'other' })],
    ])('is refused with %s, and stores nothing: %#', async (code, given) => {
      const id = await create();
      expect(await codeOf(refund(id, given(id)))).toBe(code);
      expect(await harness.store.list({ merchant, offset: 0, limit: 9 })).toHaveLength(1);
    });

    it('of a refund is none', async () => {
      const { receipt } = await refund(await create());
      expect(await codeOf(refund(receipt.receipt_id))).toBe('refund.of-refund');
    });

    it('tells the provider of its sale', async () => {
      const id = await create();
      const { receipt } = await refund(id);
      const { request } = (await harness.store.get(merchant, id)) ?? {};
      expect(harness.register.origins).toEqual([
        { step: 'freeze', reference: request?.reference, isRegistered: true },
        { step: 'submit', reference: request?.reference, isRegistered: true },
      ]);
      expect(receipt.status).toBe('registered');
    });
  });

  describe('close', () => {
    it('makes the receipt of the delivery', async () => {
      const id = await create(prepaid());
      const { receipt } = await close(id);
      expect(receipt).toMatchObject({
        status: 'registered',
        operation_type: 'sell',
        total: 12_200,
        settlements: [{ type: 'prepayment', sum: 12_200 }],
        positions: [{ payment_method: 'full_payment', payment_object: 'goods', vat_code: 'vat_22' }],
        origin: { receipt_id: id, relation: 'closing' },
      });
    });

    it('makes one receipt, however often it is called', async () => {
      const id = await create(prepaid());
      const closed = await Promise.all(Array.from({ length: 12 }, () => close(id)));
      expect(new Set(closed.map(({ receipt }) => receipt.receipt_id)).size).toBe(1);
      expect(closed.filter(({ replayed }) => !replayed)).toHaveLength(1);
      expect(sent()).toHaveLength(2);
      expect(await codeOf(close(id, { deliveryId: 'again' }))).toBe('closing.exceeds-prepaid');
    });

    it('takes the day as a text or an instant, and nothing else', async () => {
      const id = await create(prepaid());
      const untyped = (given: object) => close(id, given).catch((reason) => reason);
      expect(await untyped({ deliveredOn: 20_261_130 })).toMatchObject({
        faults: [{ code: 'field.type', path: '$.delivered_on' }],
      });
      for (const deliveredOn of ['2026-02-30', new Date(Number.NaN)])
        expect(await untyped({ deliveredOn })).toMatchObject({
          faults: [{ code: 'field.date', path: '$.delivered_on' }],
        });
      expect((await close(id, { deliveredOn: new Date() })).receipt.status).toBe('registered');
    });

    it('makes one receipt of a delivery, whatever keys it is called with', async () => {
      const id = await create(prepaid());
      const positions = [{ index: 0, quantity: 1 }];
      const closed = await Promise.all(
        Array.from({ length: 6 }, (_, place) => close(id, { positions, idempotencyKey: `job-${place}` })),
      );
      expect(new Set(closed.map(({ receipt }) => receipt.receipt_id)).size).toBe(1);
      expect(totals(sent())).toEqual([12_200, 6_100]);
    });

    it('in parts takes what was prepaid once', async () => {
      const id = await create(prepaid());
      const positions = [{ index: 0, quantity: 1 }];
      await close(id, { positions, deliveryId: '1' });
      await close(id, { positions, deliveryId: '1' });
      await close(id, { positions, deliveryId: '2' });
      expect(await codeOf(close(id, { positions, deliveryId: '3' }))).toBe('closing.exceeds-prepaid');
      expect(await codeOf(refund(id, { positions: [{ index: 0, quantity: 3 }] }))).toBe(
        'refund.exceeds-sale',
      );
      expect(totals(sent())).toEqual([12_200, 6_100, 6_100]);
    });

    it('and a refund at the same time never take more than was prepaid', async () => {
      const id = await create(prepaid());
      const positions = [{ index: 0, quantity: 1 }];
      const outcomes = await Promise.all(
        Array.from({ length: 12 }, (_, place) =>
          codeOf(
            place % 2 === 0
              ? close(id, { positions, deliveryId: `${place}`, waitMs: 0 })
              : refund(id, { positions, refundId: `${place}`, waitMs: 0 }),
          ),
        ),
      );
      // A refund of what was delivered is of its closing receipt, which is not registered at once.
      const entries = await harness.store.ofPayment({ merchant, operation: 'receipt', paymentId }, 99);
      const takers = entries.filter((entry) => originOf(entry)?.receipt_id === id);
      expect(takers).toHaveLength(2);
      expect(outcomes.filter((code) => code === 'null').length).toBeLessThanOrEqual(4);
    });

    it('is followed by refunds of each origin: what was delivered, and what was not', async () => {
      const id = await create(prepaid());
      const closing = await close(id, { positions: [{ index: 0, quantity: 1 }] });
      const { receipt, receipts, replayed } = await refund(id, { idempotencyKey: 'all' });
      expect(replayed).toBe(false);
      expect(receipts).toMatchObject([
        { origin: { receipt_id: id }, total: 6_100, status: 'registered' },
        { origin: { receipt_id: closing.receipt.receipt_id }, total: 6_100, status: 'registered' },
      ]);
      expect(receipts[0]).toEqual(receipt);
      for (const { settlements } of receipts)
        expect(settlements.map(({ type }) => type)).toEqual(['cash', 'cashless']);
      expect(await refund(id, { idempotencyKey: 'all' })).toMatchObject({ replayed: true, receipts });
      expect(await codeOf(refund(id))).toBe('refund.exceeds-sale');
      expect(refunds()).toHaveLength(2);
    });

    it.each<[string, () => FiscalReceipt]>([['closing.not-prepaid', sampleReceipt]])(
      'is refused with %s',
      async (code, receipt) => {
        expect(await codeOf(close(await create(receipt())))).toBe(code);
      },
    );

    it('waits for nobody: the prepayment is registered, or it is said', async () => {
      harness.register.script.push({ kind: 'slow', milliseconds: 500 });
      const { receipt } = await harness.ledger.receipts.create({ merchant, receipt: prepaid() });
      const error = await close(receipt.receipt_id).catch((reason) => reason);
      expect(error).toMatchObject({ code: 'origin.unregistered', retryable: true });
    });
  });
}
