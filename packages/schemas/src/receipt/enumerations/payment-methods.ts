/** How a position is paid for, with its value of tag 1214. */
export const paymentMethods = {
  full_prepayment: 1,
  partial_prepayment: 2,
  advance: 3,
  full_payment: 4,
  partial_payment: 5,
  credit: 6,
  credit_payment: 7,
} as const;

export type PaymentMethod = keyof typeof paymentMethods;
