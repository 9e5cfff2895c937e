const position = {
  measure: 'piece',
  vat_code: 'vat_20',
  payment_method: 'full_payment',
  payment_object: 'goods',
};

/** The answer that the provider's page prints for the creation of a receipt. */
export const printedAnswer = {
  data: {
    merchant_id: '542088',
    receipt_id: 'adec9d48-be2a-4bf4-8ca1-3432fd8920c5',
    operation_type: 'sell',
    receipt_format: 'ru_1_05',
    status: 'pending',
    fiscal_document_number: '',
    fiscal_storage_number: null,
    fiscal_attribute: '',
    registered_at: null,
    created_at: '10.04.202315:34:12',
    fiscal_provider_id: null,
    positions: [
      { name: 'Товар №1', quantity: 2, price: 50, ...position, sum: 10 },
      { name: 'Товар №2', quantity: 1, price: 100, ...position, sum: 2 },
    ],
    total: 200,
    settlements: [{ type: 'cashless', sum: 200 }],
    receipt_method: 'separately',
    error: null,
    link: null,
    payment_id: '764239789',
  },
} as const;

/** The payment that the answer is about. */
export const answeredPaymentId = Number(printedAnswer.data.payment_id);
