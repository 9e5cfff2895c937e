/** The wallets whose payments FiscalBox confirms, and the name under which each takes the payment's id. */
export const wallets = {
  anor: { key: 'transaction_id' },
  click: { key: 'payment_id' },
  payme: { key: 'payment_id' },
  uzum: { key: 'payment_id' },
} as const;

/** A wallet whose payments FiscalBox confirms. */
export type Wallet = keyof typeof wallets;
