import { z } from 'zod';
import { secretReferenceSchema } from './secret.js';

const milliseconds = z.int().min(1).max(3_600_000);
const address = z.url({ protocol: /^https?$/, error: 'must be an http or https address' });

const companySchema = z.strictObject({
  inn: z.string().regex(/^\d{9,14}$/, { error: 'must be a tax id of 9 to 14 digits' }),
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
  utcOffsetHours: z.int().min(-12).max(14).default(5),
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
  bodyBytes: z.int().min(1024).max(16_777_216).default(1_048_576),
  nesting: z.int().min(4).max(64).default(16),
  concurrentRequests: z.int().min(1).max(100_000).default(1000),
  requestTimeoutMs: milliseconds.default(15_000),
  waitMs: milliseconds.default(30_000),
  drainMs: milliseconds.default(10_000),
});

/** The configuration file; environment variables set the same paths. */
export const configurationSchema = z.strictObject({
  host: z.string().min(1).default('127.0.0.1'),
  port: z.int().min(0).max(65_535).default(8080),
  role: z.enum(['all', 'api', 'worker']).default('all'),
  ledgerUrl: z
    .string()
    .regex(/^sqlite:.+/, { error: 'must be sqlite:PATH' })
    .default('sqlite:data/ledger.sqlite'),
  logLevel: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
  openPayments: z.string().optional(),
  limits: limitsSchema.prefault({}),
  delivery: z
    .strictObject({
      concurrency: z.int().min(1).max(1024).default(32),
      /** `null` for no limit. */
      perSecond: z.number().positive().nullable().default(null),
    })
    .prefault({}),
  merchants: z.array(merchantSchema).min(1, { error: 'must name at least one merchant' }),
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
export interface Configuration extends Omit<ConfigurationFile, 'merchants'> {
  readonly merchants: readonly MerchantConfiguration[];
}
