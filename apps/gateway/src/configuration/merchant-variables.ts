import type { Variable } from './variable.js';

const merchant = ['merchants', 0] as const;

/** The one merchant that can be set up without a file. */
export const merchantVariables: readonly Variable[] = [
  { name: 'FISCALKIT_MERCHANT_ID', path: [...merchant, 'id'], kind: 'text', help: 'id of the one merchant' },
  {
    name: 'FISCALKIT_MERCHANT_SECRET',
    path: [...merchant, 'secretKey'],
    kind: 'secret',
    help: 'key that the merchant signs requests with',
  },
  {
    name: 'FISCALKIT_MERCHANT_API_KEY',
    path: [...merchant, 'apiKey'],
    kind: 'secret',
    help: 'key that the merchant confirms payments with',
  },
  {
    name: 'FISCALKIT_MERCHANT_API_KEY_HASH',
    path: [...merchant, 'apiKeyHash'],
    kind: 'text',
    help: 'its hash instead, as new-key prints it; several with commas',
  },
  {
    name: 'FISCALKIT_REPLAY_WINDOW_MS',
    path: [...merchant, 'replayWindowMs'],
    kind: 'number',
    help: 'within how long a signed request may arrive, and only once (no bound)',
  },
  {
    name: 'FISCALKIT_TWINS',
    path: [...merchant, 'twins'],
    kind: 'text',
    help: 'accepted: a second receipt with the same content is taken under another key (refused)',
  },
  {
    name: 'FISCALKIT_COMPANY_INN',
    path: [...merchant, 'company', 'inn'],
    kind: 'text',
    help: 'tax id that receipts of the merchant carry',
  },
  {
    name: 'FISCALKIT_COMPANY_EMAIL',
    path: [...merchant, 'company', 'email'],
    kind: 'text',
    help: 'e-mail that receipts of the merchant carry',
  },
  {
    name: 'FISCALKIT_COMPANY_TAX_SYSTEM',
    path: [...merchant, 'company', 'tax_system'],
    kind: 'text',
    help: 'tax system that receipts of the merchant carry',
  },
  {
    name: 'FISCALKIT_COMPANY_PAYMENT_ADDRESS',
    path: [...merchant, 'company', 'payment_address'],
    kind: 'text',
    help: 'place of settlement that receipts of the merchant carry',
  },
  {
    name: 'FISCALKIT_FREEDOMPAY_URL',
    path: [...merchant, 'freedompay', 'baseUrl'],
    kind: 'text',
    help: 'address of the receipts API (https://api.freedompay.uz)',
  },
  {
    name: 'FISCALKIT_FREEDOMPAY_MERCHANT_ID',
    path: [...merchant, 'freedompay', 'merchantId'],
    kind: 'text',
    help: "the provider's id of the merchant (the merchant's id)",
  },
  {
    name: 'FISCALKIT_FREEDOMPAY_SECRET',
    path: [...merchant, 'freedompay', 'secretKey'],
    kind: 'secret',
    help: "the provider's key of the merchant (the merchant's key)",
  },
  {
    name: 'FISCALKIT_FREEDOMPAY_ALLOW_PRIVATE',
    path: [...merchant, 'freedompay', 'allowPrivateAddresses'],
    kind: 'flag',
    help: '1: the name in its address may resolve to a private one (off)',
  },
  {
    name: 'FISCALKIT_FISCALBOX_URL',
    path: [...merchant, 'fiscalbox', 'baseUrl'],
    kind: 'text',
    help: 'address of the confirmations API (https://api.fiscalbox.uz)',
  },
  {
    name: 'FISCALKIT_FISCALBOX_ALLOW_PRIVATE',
    path: [...merchant, 'fiscalbox', 'allowPrivateAddresses'],
    kind: 'flag',
    help: '1: the name in its address may resolve to a private one (off)',
  },
  {
    name: 'FISCALKIT_OPEN_PAYMENTS',
    path: ['openPayments'],
    kind: 'text',
    help: 'id of the merchant for whom /payment/* takes requests without a key (none)',
  },
];
