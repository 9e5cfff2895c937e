import type { ReceiptInput } from '@fiscalkit/schemas';

/** What identifies the buyer, and must stay in the documents. */
export const buyerEmail = 'canary.buyer@example.com';

/** A sale by the sample shop that is right in every respect. */
export function sale(paymentId: string): ReceiptInput {
  return {
    receipt_format: 'ru_1_05',
    merchant_id: '542088',
    payment_id: paymentId,
    operation_type: 'sell',
    customer: { email: buyerEmail },
    positions: [
      {
        name: 'Чай',
        price: 50,
        quantity: 2,
        vat_code: 'vat_22',
        payment_method: 'full_payment',
        payment_object: 'goods',
      },
    ],
    settlements: [{ type: 'cashless', sum: 100 }],
  };
}

/** A confirmation of an Anor payment. */
export const confirmation = {
  transaction_id: 'a12fc00f-5af5-65b8-adf8-74bff44680ee',
  qr_code: 'https://ofd.soliq.uz/check?t=UZ170703100597&r=2421&c=20230104121801&s=514343190161',
};
