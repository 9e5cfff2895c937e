/** Keys and passwords: they come out nowhere at all. */
export const secrets = {
  merchantSecret: 'canary-merchant-secret-Zq7wTfV2kPd9',
  apiKey: 'canary-api-key-Xw3nBvR8sLm4Hy6Jc1QaTz5e',
  adminKey: 'canary-admin-key-Gd5kFsW9pNx2Rb7Uv4MtYq8c',
  freedompaySecret: 'canary-freedompay-secret-Lr6yJhC3xVn8',
  fiscalboxKey: 'canary-fiscalbox-key-Bn4mKtX7wQz5',
  atolPassword: 'canary-atol-password-Tx5nVbK8wRq3',
  webhookKey: 'canary-webhook-key-Jw8mRcY4tHs2ZbVn6Lq',
  webhookSecret: `whsec_${btoa('canary-webhook-secret-Hs6tBnM3qWz8x')}`,
  webhookAddress: 'canary-webhook-address-Qf7zDxT9',
  databasePassword: 'canary-database-password-Kp9rDgS6fJ',
} as const;

/** What belongs to the merchant and the buyer: it comes out only where the merchant's own document is returned to them. */
export const personal = {
  buyerEmail: 'canary.buyer@example.com',
  buyerPhone: '79031237788',
  buyerName: 'Канарейкин Кенар Певчий',
  buyerTaxId: '500100732259',
  sellerEmail: 'canary.seller@example.com',
  sellerAddress: 'canary-street-5521.example',
  product: 'Canary seed, 500 g "best"',
  userDetail: 'canary-user-detail-3391',
  paymentId: 'canary-payment-8812',
  transactionId: 'canary-transaction-4417',
  fiscalSign: '918273645546',
  invented: 'canary-invented-6620',
} as const;

export type Canaries = Readonly<Record<string, string>>;

/** Everything that is planted. */
export const canaries: Canaries = { ...secrets, ...personal };
