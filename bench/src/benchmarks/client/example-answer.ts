import { readPublished } from '@fiscalkit/json-schema';

interface ReceiptAnswer {
  readonly data: { readonly payment_id: string };
}

/** The provider's answer to the creation of a receipt, from the published examples. */
export const exampleAnswer = readPublished('examples/receipt-answer/valid/1.json') as ReceiptAnswer;

/** The payment that the answer is about. */
export const answeredPaymentId = Number(exampleAnswer.data.payment_id);
