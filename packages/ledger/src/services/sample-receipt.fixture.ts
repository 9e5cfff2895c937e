import type { ReceiptInput } from '@fiscalkit/schemas';

type RussianReceiptInput = Extract<ReceiptInput, { receipt_format: 'ru_1_05' }>;

/** A correct receipt of 200.00 for merchant 542088; what a test is about is given. */
export function sampleReceipt(given: Partial<RussianReceiptInput> = {}): RussianReceiptInput {
  return {
    receipt_format: 'ru_1_05',
    merchant_id: 542_088,
    payment_id: 764_239_789,
    operation_type: 'sell',
    customer: { email: 'buyer@example.com' },
    positions: [
      {
        name: 'Товар №1',
        price: 50,
        quantity: 2,
        vat_code: 'vat_22',
        payment_method: 'full_payment',
        payment_object: 'goods',
      },
      {
        name: 'Товар №2',
        price: '100.00',
        quantity: 1,
        vat_code: 'vat_22',
        payment_method: 'full_payment',
        payment_object: 'goods',
      },
    ],
    settlements: [{ type: 'cashless', sum: 200 }],
    ...given,
  };
}
