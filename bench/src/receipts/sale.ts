/** A sale of two positions, as a shop sends it. */
export function sale(paymentId: number) {
  const position = { vat_code: 'vat_22', payment_method: 'full_payment', payment_object: 'goods' } as const;
  return {
    receipt_format: 'ru_1_05',
    merchant_id: 542088,
    payment_id: paymentId,
    operation_type: 'sell',
    customer: { email: 'buyer@example.com' },
    positions: [
      { name: 'Чай чёрный листовой, 100 г', price: 50, quantity: 2, ...position },
      { name: 'Кофе в зёрнах, 250 г', price: 100, quantity: 1, ...position },
    ],
    settlements: [{ type: 'cashless', sum: 200 }],
  };
}
