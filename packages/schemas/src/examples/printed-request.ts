/** The request that the provider's page prints for creating a receipt, placeholder included. */
export const documentedRequest = {
  receipt_format: 'ru_1_05',
  merchant_id: 542088,
  payment_id: 764239789,
  operation_type: 'sell',
  customer: {
    email: '[email\u00a0protected]',
  },
  positions: [
    {
      price: 50.0,
      name: 'Товар №1',
      quantity: 2.0,
      vat_code: 'vat_20',
      payment_method: 'full_payment',
      payment_object: 'goods',
    },
    {
      price: 100.0,
      name: 'Товра №2',
      quantity: 1.0,
      vat_code: 'vat_20',
      payment_method: 'full_payment',
      payment_object: 'goods',
    },
  ],
  settlements: [
    {
      type: 'cashless',
      sum: 200.0,
    },
  ],
};
