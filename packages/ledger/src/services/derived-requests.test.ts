import { type FiscalReceipt, uncheckedReceipt } from '@fiscalkit/schemas';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ScriptedProvider } from '../delivery/scripted-provider.fixture.js';
import { createSqliteStore } from '../store/sqlite/create-sqlite-store.js';
import type { CloseReceipt, RefundReceipt } from './derive-request.js';
import { type LedgerHarness, openLedger, testTime } from './ledger-harness.fixture.js';
import { sampleReceipt } from './sample-receipt.fixture.js';

const merchant = '542088';
const waitMs = 5_000;
const vera = { by: 'vera', reason: 'checked with the register' };

const shoes = {
  name: 'Shoes',
  price: 6100,
  quantity: 2,
  vat_code: 'vat_122',
  payment_method: 'full_prepayment',
  payment_object: 'payment',
};
const written = (given: object) => uncheckedReceipt({ ...sampleReceipt(), ...given });
const prepaid = () => written({ positions: [shoes], settlements: [{ type: 'cashless', sum: 12_200 }] });
const onePair = [{ index: 0, quantity: 1 }];

describe('a request for a refund or a closing receipt', () => {
  let harness: LedgerHarness;

  beforeEach(async () => {
    harness = openLedger();
    await harness.ledger.start();
  });

  afterEach(() => harness.close());

  const create = async (receipt: FiscalReceipt = sampleReceipt()) => {
    const created = await harness.ledger.receipts.create({ merchant, receipt, waitMs });
    return created.receipt.receipt_id;
  };
  const refund = (receiptId: string, given: Partial<RefundReceipt> = {}) =>
    harness.ledger.receipts.refund({ merchant, receiptId, waitMs, ...given });
  const close = (receiptId: string, given: Partial<CloseReceipt> = {}) =>
    harness.ledger.receipts.close({ merchant, receiptId, waitMs, ...given });
  const idsOf = ({ receipts }: { receipts: readonly { receipt_id: string }[] }) =>
    receipts.map(({ receipt_id }) => receipt_id);

  describe('that is repeated', () => {
    it('shows all receipts that it made, whatever keys it comes with', async () => {
      const id = await create(prepaid());
      await close(id, { positions: onePair });
      const first = await refund(id, { refundId: 'return', idempotencyKey: 'a' });
      expect(first.receipts).toHaveLength(2);
      for (const given of [{ idempotencyKey: 'b' }, {}, { idempotencyKey: 'a' }]) {
        const again = await refund(id, { refundId: 'return', ...given });
        expect([again.replayed, idsOf(again)]).toEqual([true, idsOf(first)]);
      }
    });

    it('makes nothing anew while a part of it is live', async () => {
      const id = await create(prepaid());
      await close(id, { positions: onePair });
      harness.register.script.push({ kind: 'refuse' });
      const first = await refund(id, { refundId: 'return', idempotencyKey: 'a' });
      expect(first.receipts.map(({ status }) => status)).toEqual(['rejected', 'registered']);
      const again = await refund(id, { refundId: 'return', idempotencyKey: 'b' });
      expect([again.replayed, idsOf(again)]).toEqual([true, idsOf(first)]);
    });

    it('is a repeat at any time of the day of the delivery, which the register has', async () => {
      const id = await create(prepaid());
      const on = (time: string) =>
        close(id, { positions: onePair, deliveryId: 'parcel', deliveredOn: new Date(time) });
      const first = await on('2026-05-03T21:00:00.000Z');
      // Moscow is three hours ahead: this is the same day there.
      const again = await on('2026-05-04T20:59:59.999Z');
      expect([again.replayed, idsOf(again)]).toEqual([true, idsOf(first)]);
      const byName = await close(id, { positions: onePair, deliveryId: 'parcel', deliveredOn: '2026-05-04' });
      expect(idsOf(byName)).toEqual(idsOf(first));
      await expect(on('2026-05-04T21:00:00.000Z')).rejects.toMatchObject({ code: 'idempotency.conflict' });
    });

    it('is one receipt without an id as well, however often it says that it is now', async () => {
      const id = await create(prepaid());
      const closed = [];
      for (let milliseconds = 0; milliseconds < 12; milliseconds += 1) {
        const deliveredOn = new Date(testTime.getTime() + milliseconds);
        closed.push(await close(id, { positions: onePair, deliveredOn }));
      }
      expect(new Set(closed.flatMap(idsOf)).size).toBe(1);
    });
  });

  describe('that is corrected', () => {
    const invalid = { code: 'intervention.invalid', faults: [{ path: '$.document' }] };

    it('stays a refund', async () => {
      const id = await create();
      harness.register.script.push({ kind: 'refuse' });
      const refused = await refund(id);
      const document = written({ customer: { email: 'right@example.com' } });
      const action = { ...vera, id: refused.receipt.receipt_id };
      await expect(harness.ledger.interventions.resubmit({ ...action, document })).rejects.toMatchObject(
        invalid,
      );
      const right = { ...document, operation_type: 'sell_refund' };
      expect(await harness.ledger.interventions.resubmit({ ...action, document: right })).toMatchObject({
        document: { origin: { receipt_id: id } },
      });
    });

    it('stays a closing receipt', async () => {
      const id = await create(prepaid());
      harness.register.script.push({ kind: 'refuse' });
      const refused = await close(id);
      const position = {
        ...shoes,
        vat_code: 'vat_22',
        payment_method: 'full_payment',
        payment_object: 'goods',
      };
      const document = written({
        operation_type: 'sell_refund',
        positions: [position],
        settlements: [{ type: 'prepayment', sum: 12_200 }],
      });
      const action = { ...vera, id: refused.receipt.receipt_id, document };
      await expect(harness.ledger.interventions.resubmit(action)).rejects.toMatchObject(invalid);
    });
  });
});

it('goes to another account, in its format of the country, where that of the sale is gone', async () => {
  const store = createSqliteStore({ path: ':memory:', clock: () => testTime });
  const before = openLedger({}, { store });
  await before.ledger.start();
  const created = await before.ledger.receipts.create({ merchant, receipt: sampleReceipt(), waitMs });
  const receiptId = created.receipt.receipt_id;
  await before.ledger.stop({ graceMs: 100 });

  // The same account, without the format.
  const own = new ScriptedProvider('register', { formats: ['uz_1_0'] });
  const narrowed = openLedger({ providers: [own] }, { store });
  await expect(narrowed.ledger.receipts.refund({ merchant, receiptId })).rejects.toMatchObject({
    code: 'provider.unsupported',
  });
  const uzbek = new ScriptedProvider('uzbek', { formats: ['uz_1_0'] });
  uzbek.account = { address: 'elsewhere:', merchantId: null };
  const abroad = openLedger({ providers: [uzbek] }, { store });
  await expect(abroad.ledger.receipts.refund({ merchant, receiptId })).rejects.toMatchObject({
    code: 'provider.unsupported',
  });
  const newer = new ScriptedProvider('newer', { formats: ['ru_1_2'] });
  newer.account = { address: 'anew:', merchantId: null };
  const after = openLedger({ providers: [uzbek, newer] }, { store });
  await after.ledger.start();
  const { receipt } = await after.ledger.receipts.refund({ merchant, receiptId, waitMs });
  expect(receipt).toMatchObject({ status: 'registered', receipt_format: 'ru_1_2', total: 200 });
  expect(newer.documents).toHaveLength(1);
  await after.close();
});
