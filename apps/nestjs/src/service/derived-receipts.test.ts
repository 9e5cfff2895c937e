import type { RussianReceiptInput } from '@fiscalkit/schemas';
import { expect, it } from 'vitest';
import { openSandbox, shopAt, startApplication } from '../application.fixture.js';
import { httpStatusOf } from '../http/fiscal-exception.filter.js';
import { FiscalModule } from '../module/fiscal.module.js';
import { sale } from '../receipt.fixture.js';
import { sqlite } from '../store/sqlite.js';
import { FiscalService } from './fiscal.service.js';

const waitMs = 10_000;
const prepayment: RussianReceiptInput = {
  receipt_format: 'ru_1_05',
  payment_id: '2',
  operation_type: 'sell',
  customer: { email: 'buyer@example.com' },
  positions: [
    {
      name: 'Чай',
      price: 50,
      quantity: 2,
      vat_code: 'vat_122',
      payment_method: 'full_prepayment',
      payment_object: 'payment',
    },
  ],
  settlements: [{ type: 'cashless', sum: 100 }],
};

async function start(merchants = ['shop']) {
  const sandbox = await openSandbox();
  const shops = Object.fromEntries(merchants.map((name) => [name, shopAt(sandbox)]));
  const options = { ledger: sqlite({ path: ':memory:' }), merchants: shops };
  const application = await startApplication({ imports: [FiscalModule.forRoot(options)] });
  return { application, sandbox, receipts: application.get(FiscalService).receipts };
}

/** Returns the code and status of the error that a call ends with. */
async function refusalOf(call: Promise<unknown>) {
  const error = await call.then(
    () => expect.unreachable(),
    (thrown: { code: string; retryable: boolean }) => thrown,
  );
  return [error.code, httpStatusOf(error), error.retryable];
}

it('refunds a sale in parts, and no more than it', async () => {
  const { receipts, sandbox } = await start();
  const { receipt } = await receipts.create({ receipt: sale('1'), waitMs });
  const receiptId = receipt.receipt_id;
  const positions = [{ index: 0, quantity: 1 }];
  const first = await receipts.refund({ receiptId, positions, refundId: 'r-1', waitMs });
  expect(first).toMatchObject({
    replayed: false,
    receipt: { total: 50, status: 'registered', origin: { receipt_id: receiptId, relation: 'refund' } },
  });
  expect(first.receipts).toEqual([first.receipt]);
  expect(await receipts.refund({ receiptId, positions, refundId: 'r-1' })).toMatchObject({
    replayed: true,
    receipt: { receipt_id: first.receipt.receipt_id },
  });
  await receipts.refund({ receiptId, positions, refundId: 'r-2', waitMs });
  expect(await refusalOf(receipts.refund({ receiptId, refundId: 'r-3' }))).toEqual([
    'refund.exceeds-sale',
    409,
    false,
  ]);
  expect(sandbox.journal().receipts).toHaveLength(3);
});

it('makes one closing receipt of a delivery, and gives back by the receipts that have the money', async () => {
  const { receipts, sandbox } = await start();
  const { receipt } = await receipts.create({ receipt: prepayment, waitMs });
  const receiptId = receipt.receipt_id;
  const delivery = { receiptId, positions: [{ index: 0, quantity: 1 }], deliveryId: 'parcel-1', waitMs };
  const closed = await Promise.all(Array.from({ length: 12 }, () => receipts.close(delivery)));
  expect(new Set(closed.map((each) => each.receipt.receipt_id)).size).toBe(1);
  expect(closed.filter(({ replayed }) => !replayed)).toHaveLength(1);

  const refunded = await receipts.refund({ receiptId, waitMs });
  expect(refunded.receipts.map(({ total, origin }) => [total, origin?.receipt_id])).toEqual([
    [50, receiptId],
    [50, closed[0]?.receipt.receipt_id],
  ]);
  expect(refunded.receipt).toEqual(refunded.receipts[0]);
  expect(sandbox.journal().receipts).toHaveLength(4);
});

it('says by code and status why not', async () => {
  const { receipts, sandbox } = await start(['shop', 'cafe']);
  const merchant = 'shop';
  const sold = (await receipts.create({ merchant, receipt: sale('1'), waitMs })).receipt.receipt_id;
  sandbox.faults.add({ endpoint: 'receipts.create', times: 1, fault: { kind: 'reject' } });
  const rejected = (await receipts.create({ merchant, receipt: sale('3'), waitMs })).receipt.receipt_id;
  sandbox.faults.add({ endpoint: 'receipts.create', times: 1, fault: { kind: 'stay-pending' } });
  const prepaid = (await receipts.create({ merchant, receipt: prepayment })).receipt.receipt_id;

  const refund = (receiptId: string, request: object = {}) =>
    refusalOf(receipts.refund({ merchant, receiptId, ...request }));
  expect(await refund(sold, { positions: [{ index: 1 }] })).toEqual(['refund.position.unknown', 422, false]);
  expect(await refund(sold, { positions: [{ index: 0, sum: 0 }] })).toEqual(['refund.zero', 422, false]);
  expect(await refund(rejected)).toEqual(['origin.rejected', 409, false]);
  expect(await refund(sold, { merchant: 'cafe' })).toEqual(['receipt.not-found', 404, false]);
  expect(await refund(sold, { merchant: undefined })).toEqual(['merchant.required', 422, false]);
  expect(await refund(sold, { idempotencyKey: '' })).toEqual(['idempotency.key.format', 400, false]);
  const close = (receiptId: string) => refusalOf(receipts.close({ merchant, receiptId }));
  expect(await close(sold)).toEqual(['closing.not-prepaid', 422, false]);
  expect(await close(prepaid)).toEqual(['origin.unregistered', 409, true]);
  expect(httpStatusOf({ code: 'closing.exceeds-prepaid' })).toBe(409);
  expect(httpStatusOf({ code: 'receipt.busy' })).toBe(409);
});

it('does not wait any longer than the application runs', async () => {
  const { application, receipts, sandbox } = await start();
  const { receipt } = await receipts.create({ receipt: sale('1'), waitMs });
  sandbox.faults.add({ endpoint: 'receipts.create', fault: { kind: 'stay-pending' } });
  const waiting = receipts.refund({ receiptId: receipt.receipt_id, waitMs: 600_000 });
  await expect.poll(() => sandbox.journal().receipts).toHaveLength(2);
  await application.close();
  expect(await waiting).toMatchObject({ receipt: { status: 'pending' } });
});
