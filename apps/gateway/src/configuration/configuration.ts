import { isInn, isPinfl, isTin } from '@fiscalkit/schemas';
import { z } from 'zod';
import { secretReferenceSchema } from './secret.js';

/** A whole number within bounds, with a message that names them. */
function whole(least: number, most: number) {
  const error = `must be a whole number from ${least} to ${most}`;
  return z.int({ error }).min(least, { error }).max(most, { error });
}

const milliseconds = whole(1, 3_600_000);
const address = z
  .url({ protocol: /^https?$/, error: 'must be an http or https address' })
  .refine((text) => !/[?#]|\/\/[^/]*@/.test(text), { error: 'must have no query, fragment or credentials' });

const companySchema = z.strictObject({
  inn: z.string().refine((text) => isInn(text) || isTin(text) || isPinfl(text), {
    error: 'must be a tax id: 10 or 12 digits with right check digits, or 9 or 14 digits in Uzbekistan',
  }),
  email: z.string().min(1).max(64).optional(),
  tax_system: z.enum(['osn', 'usn_income', 'usn_income_outcome', 'envd', 'esn', 'patent']).optional(),
  payment_address: z.string().min(1).max(256).optional(),
});

const merchantSchema = z.strictObject({
  /** Id in `X-JWS-Signature`, and of the merchant in the ledger. */
  id: z.string().regex(/^[\w-]{1,64}$/, { error: 'must be 1 to 64 letters, digits, _ or -' }),
  secretKey: secretReferenceSchema,
  apiKey: secretReferenceSchema.optional(),
  company: companySchema.optional(),
  receiptMethod: z.enum(['separately', 'together']).default('separately'),
  /** Zone that `created_at` is printed in, in hours. */
  utcOffsetHours: whole(-12, 14).default(5),
  warningsAsFaults: z.boolean().default(false),
  freedompay: z
    .strictObject({
      baseUrl: address.default('https://api.freedompay.uz'),
      merchantId: z.string().min(1).optional(),
      secretKey: secretReferenceSchema.optional(),
      attemptMs: milliseconds.default(10_000),
      settlesWithinMs: milliseconds.default(15_000),
    })
    .prefault({}),
  fiscalbox: z
    .strictObject({
      baseUrl: address.default('https://api.fiscalbox.uz'),
      apiKey: secretReferenceSchema.optional(),
      attemptMs: milliseconds.default(10_000),
    })
    .prefault({}),
});

const limitsSchema = z.strictObject({
  bodyBytes: whole(1024, 16_777_216).default(1_048_576),
  nesting: whole(4, 64).default(16),
  concurrentRequests: whole(1, 100_000).default(1000),
  requestTimeoutMs: milliseconds.default(15_000),
  waitMs: milliseconds.default(30_000),
  drainMs: milliseconds.default(10_000),
});

const noMerchant =
  'must name at least one merchant: set FISCALKIT_MERCHANT_ID and FISCALKIT_MERCHANT_SECRET, or FISCALKIT_DEMO=1 to try';

/** The configuration file; environment variables set the same paths. */
export const configurationSchema = z.strictObject({
  host: z.string().min(1).default('127.0.0.1'),
  port: whole(0, 65_535).default(8080),
  role: z.enum(['all', 'api', 'worker']).default('all'),
  /** Where the ledger is; by reference when it holds a password. */
  ledgerUrl: z
    .union([z.string(), secretReferenceSchema], { error: 'must be text, or name where the text is' })
    .default('sqlite:data/ledger.sqlite'),
  logLevel: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
  openPayments: z.string().optional(),
  limits: limitsSchema.prefault({}),
  delivery: z
    .strictObject({
      concurrency: whole(1, 1024).default(32),
      /** `null` for no limit. */
      perSecond: z.number().positive().nullable().default(null),
    })
    .prefault({}),
  merchants: z.array(merchantSchema, { error: noMerchant }).min(1, { error: noMerchant }),
});

export type ConfigurationFile = z.infer<typeof configurationSchema>;
type MerchantFile = ConfigurationFile['merchants'][number];

/** A merchant with its secrets read. */
export interface MerchantConfiguration
  extends Omit<MerchantFile, 'secretKey' | 'apiKey' | 'freedompay' | 'fiscalbox'> {
  readonly secretKey: string;
  readonly apiKey: string | undefined;
  readonly freedompay: Omit<MerchantFile['freedompay'], 'secretKey' | 'merchantId'> & {
    readonly merchantId: string;
    readonly secretKey: string;
  };
  readonly fiscalbox: Omit<MerchantFile['fiscalbox'], 'apiKey'> & { readonly apiKey: string | undefined };
}

/** All that the gateway is told at start, checked. */
export interface Configuration extends Omit<ConfigurationFile, 'merchants' | 'ledgerUrl'> {
  readonly ledgerUrl: string;
  readonly merchants: readonly MerchantConfiguration[];
}
