import { type FiscalReceipt, uncheckedReceipt } from '@fiscalkit/schemas';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CloseReceipt, RefundReceipt } from './derive-request.js';
import { type LedgerHarness, openLedger } from './ledger-harness.fixture.js';
import { sampleReceipt } from './sample-receipt.fixture.js';

const merchant = '542088';
const waitMs = 5_000;
const vera = { by: 'vera', reason: 'checked with the register' };
const [tea, cup] = sampleReceipt().positions as [object, object];

/** Shoes as they are prepaid, delivered and given back; without VAT, so that no rate tells which. */
const shoes = (quantity: number, delivered = true) => ({
  name: 'Shoes',
  price: 6100,
  quantity,
  vat_code: 'none',
  payment_method: delivered ? 'full_payment' : 'full_prepayment',
  payment_object: delivered ? 'goods' : 'payment',
});
const written = (given: object) => uncheckedReceipt({ ...sampleReceipt(), ...given });
const prepaid = (quantity = 2) =>
  written({
    positions: [shoes(quantity, false)],
    settlements: [{ type: 'cashless', sum: 6100 * quantity }],
  });
const refundOfShoes = (quantity: number, delivered = true) =>
  written({
    operation_type: 'sell_refund',
    positions: [shoes(quantity, delivered)],
    settlements: [{ type: 'cashless', sum: 6100 * quantity }],
  });

describe('what a refund counts against', () => {
  let harness: LedgerHarness;

  beforeEach(async () => {
    harness = openLedger();
    await harness.ledger.start();
  });

  afterEach(() => harness.close());

  const createFrom = (receipt: FiscalReceipt) =>
    harness.ledger.receipts.create({ merchant, receipt, waitMs });
  const create = async (receipt: FiscalReceipt) => (await createFrom(receipt)).receipt.receipt_id;
  const refund = (receiptId: string, given: Partial<RefundReceipt> = {}) =>
    harness.ledger.receipts.refund({ merchant, receiptId, waitMs, ...given });
  const close = async (receiptId: string, given: Partial<CloseReceipt> = {}) =>
    (await harness.ledger.receipts.close({ merchant, receiptId, waitMs, ...given })).receipt.receipt_id;
  const exceeds = { code: 'refund.exceeds-sale' };

  /** A sale that waits with its refund of the cup, and is then rejected. */
  async function rejectedWithRefund(): Promise<string> {
    await harness.close();
    harness = openLedger();
    harness.register.script.push({ kind: 'refuse' });
    const { receipt } = await harness.ledger.receipts.create({ merchant, receipt: sampleReceipt() });
    await refund(receipt.receipt_id, { positions: [{ index: 1 }], waitMs: 0 });
    await harness.ledger.start();
    const rejected = { merchant, id: receipt.receipt_id, timeoutMs: waitMs };
    expect(await harness.ledger.receipts.waitFor(rejected)).toMatchObject({ status: 'rejected' });
    return receipt.receipt_id;
  }

  it('is a closing receipt where what it gives back was delivered', async () => {
    const id = await create(prepaid());
    const closing = await close(id);
    expect((await createFrom(refundOfShoes(2))).warnings).toEqual([]);
    await expect(refund(closing)).rejects.toMatchObject(exceeds);
    await expect(refund(id)).rejects.toMatchObject(exceeds);
  });

  it('is the part that was delivered, not the rest of the prepayment', async () => {
    const id = await create(prepaid());
    const closing = await close(id, { positions: [{ index: 0, quantity: 1 }] });
    await createFrom(refundOfShoes(1));
    await expect(refund(closing)).rejects.toMatchObject(exceeds);
    expect((await refund(id)).receipts).toMatchObject([{ total: 6100, origin: { receipt_id: id } }]);
    await expect(refund(id, { refundId: 'more' })).rejects.toMatchObject(exceeds);
  });

  it('is the rest of the prepayment where that is given back', async () => {
    const id = await create(prepaid());
    const closing = await close(id, { positions: [{ index: 0, quantity: 1 }] });
    await createFrom(refundOfShoes(1, false));
    const { receipts } = await refund(id);
    expect(receipts).toMatchObject([{ total: 6100, origin: { receipt_id: closing } }]);
    await expect(close(id, { deliveryId: 'more' })).rejects.toMatchObject({
      code: 'closing.exceeds-prepaid',
    });
  });

  it('is several closing receipts where one of them is not enough', async () => {
    const id = await create(prepaid(3));
    const positions = [{ index: 0, quantity: 1 }];
    const closings = [
      await close(id, { positions, deliveryId: '1' }),
      await close(id, { positions, deliveryId: '2' }),
      await close(id, { positions, deliveryId: '3' }),
    ];
    expect((await createFrom(refundOfShoes(2))).warnings).toEqual([]);
    await expect(refund(closings[2] ?? '')).rejects.toMatchObject(exceeds);
    await expect(refund(closings[1] ?? '')).rejects.toMatchObject(exceeds);
    expect((await refund(id)).receipts).toMatchObject([{ total: 6100, origin: { receipt_id: closings[0] } }]);
    // Whatever its lines are called, no more goes without a warning.
    const { warnings } = await createFrom(
      written({
        operation_type: 'sell_refund',
        positions: [{ ...shoes(1), name: 'Boots' }],
        settlements: [{ type: 'cash', sum: 6100 }],
      }),
    );
    expect(warnings.map(({ code }) => code)).toContain('refund.beyond-sale');
  });

  it('counts in total where no line is known, of a closing receipt, too', async () => {
    const id = await create(prepaid());
    const closing = await close(id);
    const boots = { ...shoes(2), name: 'Boots' };
    const settlements = [{ type: 'cashless', sum: 12_200 }];
    await createFrom(written({ operation_type: 'sell_refund', positions: [boots], settlements }));
    await expect(refund(closing, { positions: [{ index: 0 }] })).rejects.toMatchObject(exceeds);
  });

  it('stays the sale that was the only one when it was written, whatever is sold later', async () => {
    const id = await create(sampleReceipt());
    await create(written({ operation_type: 'sell_refund' }));
    await create(written({ positions: [tea], settlements: [{ type: 'cash', sum: 100 }] }));
    await expect(refund(id)).rejects.toMatchObject(exceeds);
  });

  it('stays the correction of a rejected sale, whatever is sold later', async () => {
    await rejectedWithRefund();
    const corrected = await create(written({ customer: { email: 'right@example.com' } }));
    await create(written({ positions: [tea], settlements: [{ type: 'cash', sum: 100 }] }));
    expect((await refund(corrected)).receipt.total).toBe(100);
    await expect(refund(corrected, { refundId: 'more' })).rejects.toMatchObject(exceeds);
  });

  it.each(['resubmitted', 'handed in anew'])(
    'is found again in a sale that is corrected and %s',
    async (how) => {
      const id = await rejectedWithRefund();
      const document = written({ positions: [cup, tea], customer: { email: 'right@example.com' } });
      const next =
        how === 'resubmitted'
          ? (await harness.ledger.interventions.resubmit({ ...vera, id, document })).id
          : await create(document);
      await expect(refund(next, { positions: [{ index: 0 }] })).rejects.toMatchObject(exceeds);
      expect((await refund(next)).receipt).toMatchObject({ total: 100, positions: [{ name: 'Товар №1' }] });
    },
  );

  it('is found again when the refund itself is resubmitted', async () => {
    const id = await create(sampleReceipt());
    harness.register.script.push({ kind: 'refuse' });
    const refused = await refund(id, { positions: [{ index: 1 }] });
    const next = await harness.ledger.interventions.resubmit({ ...vera, id: refused.receipt.receipt_id });
    expect(next.document.origin).toMatchObject({ receipt_id: id, taken: { positions: [{ index: 1 }] } });
    await expect(refund(id, { positions: [{ index: 1 }], refundId: 'more' })).rejects.toMatchObject(exceeds);
  });
});
