import { checkCorrection } from '../correction/check-correction.js';
import { type CorrectionObject, correctionObject } from '../correction/correction-object.js';
import type { FiscalMark } from '../links/fiscal-mark.js';
import { type ReceiptObject, receiptObject } from '../receipt/receipt-object.js';
import { faultOf } from '../rules/rules.js';
import { type CheckedReceipt, checkReceipt } from '../validation/check-receipt.js';
import { markedCorrection, plainCorrection } from './corrections.js';
import { documentedRequest, markedReceipt, russianReceipt, uzbekReceipt } from './receipts.js';

/** Day of all examples, by which dated rates are judged. */
export const exampleDay = new Date('2026-03-01T09:00:00Z');

/** Checks an example receipt, which must be sound. */
function checkedExample(input: unknown): Extract<CheckedReceipt, { ok: true }> {
  const checked = checkReceipt(input, { now: exampleDay, merchantId: '542088' });
  if (!checked.ok) throw new Error(`an example is not sound: ${JSON.stringify(checked.faults)}`);
  return checked;
}

const createdAt = new Date('2026-03-01T09:00:00Z');

const mark: FiscalMark = {
  country: 'ru',
  fiscal_storage_number: '9999078900006369',
  fiscal_document_number: '11900',
  fiscal_attribute: '790695398',
  registered_at: '2026-03-01T12:00:00+03:00',
};

const circumstances = {
  merchantId: '542088',
  createdAt,
  utcOffsetHours: 5,
  mark: null,
  fiscalProviderId: null,
  link: null,
  error: null,
};

function objectOf(input: unknown, changes: Partial<Parameters<typeof receiptObject>[0]>): ReceiptObject {
  const receiptId = 'adec9d48-be2a-4bf4-8ca1-3432fd8920c5';
  const { receipt } = checkedExample(input);
  return receiptObject({ ...circumstances, receipt, receiptId, status: 'pending', ...changes });
}

/** Receipt that the provider has not registered yet. */
export const pendingReceiptObject = objectOf(russianReceipt, {});

/** Registered receipt. */
export const registeredReceiptObject = objectOf(markedReceipt, {
  receiptId: 'bb938d6c-6c1c-44a0-aa54-32c3e14fddb7',
  status: 'registered',
  mark,
  fiscalProviderId: '5e402526-0c20-41c3-b30a-b52e7f903922',
  link: 'https://consumer.1-ofd-test.ru/v1?fn=9999078900006369&fp=790695398&i=11900&t=20260301T120000&s=200.00&n=1',
});

/** Rejected receipt. */
export const rejectedReceiptObject = objectOf(uzbekReceipt, {
  receiptId: '1a624e49-41c3-4d0f-84d3-497483e81153',
  status: 'rejected',
  error: { code: 'provider.rejected', message: 'The provider refused the receipt.' },
});

const [shoes] = markedReceipt.positions;

const closing = {
  ...markedReceipt,
  positions: [{ ...shoes, price: 100 }],
  settlements: [{ type: 'prepayment', sum: 100 }],
};

/** Closing receipt of the delivery of one half of a prepayment. */
export const closingReceiptObject = objectOf(closing, {
  receiptId: '3f0c2c4e-55b0-4a3c-9d43-7c5f0e0a9b21',
  origin: { receipt_id: 'b5a9d6c1-0f3e-4b6d-8f57-2a1c9e7d4b30', relation: 'closing' },
});

/** Refund of the other half, which was not delivered. */
export const refundReceiptObject = objectOf(
  {
    ...russianReceipt,
    operation_type: 'sell_refund',
    positions: [
      {
        name: 'Shoes',
        quantity: 1,
        price: 100,
        vat_code: 'vat_122',
        payment_method: 'full_prepayment',
        payment_object: 'payment',
      },
    ],
    settlements: [{ type: 'cashless', sum: 100 }],
  },
  {
    receiptId: '8a1c6d5e-7c0b-4f92-9b57-0d3e5f6a7b84',
    origin: { receipt_id: 'b5a9d6c1-0f3e-4b6d-8f57-2a1c9e7d4b30', relation: 'refund' },
  },
);

/** Refund of the half that was delivered. */
export const closingRefundReceiptObject = objectOf(
  { ...closing, operation_type: 'sell_refund', settlements: [{ type: 'cashless', sum: 100 }] },
  {
    receiptId: 'c2d4e6f8-1a3b-4c5d-8e7f-9a0b1c2d3e4f',
    origin: { receipt_id: '3f0c2c4e-55b0-4a3c-9d43-7c5f0e0a9b21', relation: 'refund' },
  },
);

const { receipt, warnings } = checkedExample(documentedRequest);

/** Result of checking a sound receipt. */
export const soundReceipt = { ok: true, receipt, faults: [], warnings };

/** Result of checking a receipt with a wrong total. */
export const refusedReceipt = {
  ok: false,
  faults: [faultOf('receipt.total.mismatch', '$.total', 'the positions add up to 200.00')],
  warnings: [],
};

function correctionObjectOf(
  input: unknown,
  changes: Partial<Parameters<typeof correctionObject>[0]>,
): CorrectionObject {
  const checked = checkCorrection(input, { now: exampleDay, merchantId: '542088' });
  if (!checked.ok) throw new Error(`an example is not sound: ${JSON.stringify(checked.faults)}`);
  const receiptId = '0b6c9a52-5a1f-4d2b-9c3e-7f8a6b5c4d3e';
  const { correction } = checked;
  return correctionObject({ ...circumstances, correction, receiptId, status: 'pending', ...changes });
}

/** Correction that the provider has not registered yet. */
export const pendingCorrectionObject = correctionObjectOf(plainCorrection, {});

/** Registered correction. */
export const registeredCorrectionObject = correctionObjectOf(markedCorrection, {
  receiptId: '5d1f0c7e-2a3b-4c5d-8e9f-0a1b2c3d4e5f',
  status: 'registered',
  mark,
  fiscalProviderId: '2ea26f17-0884-4f08-b120-306fc096a58f',
  link: 'https://consumer.1-ofd-test.ru/v1?fn=9999078900006369&fp=790695398&i=11900&t=20260301T120000&s=200.00&n=1',
});
