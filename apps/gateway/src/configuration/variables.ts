/** One environment variable: what it sets in the configuration, and what `--help` says of it. */
export interface Variable {
  readonly name: string;
  /** Path of the setting in the configuration file. */
  readonly path: readonly (string | number)[];
  readonly kind: 'text' | 'number' | 'secret';
  readonly help: string;
}

const merchant = ['merchants', 0] as const;

/** Every environment variable, in the order of `--help`. A variable wins over the file. */
export const variables: readonly Variable[] = [
  { name: 'PORT', path: ['port'], kind: 'number', help: 'port to listen on (8080)' },
  { name: 'HOST', path: ['host'], kind: 'text', help: 'address to listen on (127.0.0.1)' },
  {
    name: 'FISCALKIT_ROLE',
    path: ['role'],
    kind: 'text',
    help: 'all: accept and deliver; api: accept only; worker: deliver only (all)',
  },
  {
    name: 'FISCALKIT_LEDGER_URL',
    path: ['ledgerUrl'],
    kind: 'secret',
    help: 'where the ledger is: sqlite:PATH or postgres://… (sqlite:data/ledger.sqlite)',
  },
  {
    name: 'FISCALKIT_LOG_LEVEL',
    path: ['logLevel'],
    kind: 'text',
    help: 'silent, error, warn, info or debug (info)',
  },
  {
    name: 'FISCALKIT_MAX_BODY_BYTES',
    path: ['limits', 'bodyBytes'],
    kind: 'number',
    help: 'largest body of a request, in bytes (1048576)',
  },
  {
    name: 'FISCALKIT_MAX_NESTING',
    path: ['limits', 'nesting'],
    kind: 'number',
    help: 'deepest nesting of a body (16)',
  },
  {
    name: 'FISCALKIT_MAX_CONCURRENT_REQUESTS',
    path: ['limits', 'concurrentRequests'],
    kind: 'number',
    help: 'requests served at the same time; more get 503 (1000)',
  },
  {
    name: 'FISCALKIT_REQUEST_TIMEOUT_MS',
    path: ['limits', 'requestTimeoutMs'],
    kind: 'number',
    help: 'time for a request to arrive whole, in milliseconds (15000)',
  },
  {
    name: 'FISCALKIT_MAX_WAIT_MS',
    path: ['limits', 'waitMs'],
    kind: 'number',
    help: 'longest that ?wait= may ask for, in milliseconds (30000)',
  },
  {
    name: 'FISCALKIT_DRAIN_MS',
    path: ['limits', 'drainMs'],
    kind: 'number',
    help: 'time for attempts under way to end at shutdown, in milliseconds (10000)',
  },
  {
    name: 'FISCALKIT_CONCURRENCY',
    path: ['delivery', 'concurrency'],
    kind: 'number',
    help: 'attempts under way at the same time, per provider (32)',
  },
  {
    name: 'FISCALKIT_ATTEMPTS_PER_SECOND',
    path: ['delivery', 'perSecond'],
    kind: 'number',
    help: 'attempts begun in a second, per provider (no limit)',
  },
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
    name: 'FISCALKIT_FISCALBOX_URL',
    path: [...merchant, 'fiscalbox', 'baseUrl'],
    kind: 'text',
    help: 'address of the confirmations API (https://api.fiscalbox.uz)',
  },
  {
    name: 'FISCALKIT_OPEN_PAYMENTS',
    path: ['openPayments'],
    kind: 'text',
    help: 'id of the merchant for whom /payment/* takes requests without a key (none)',
  },
];
