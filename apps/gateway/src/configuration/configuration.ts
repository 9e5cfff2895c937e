import { z } from 'zod';
import { whole } from './bounds.js';
import { keyHashesSchema } from './key-hashes.js';
import { limitsSchema } from './limits-schema.js';
import { type MerchantConfiguration, merchantSchema } from './merchant-schema.js';
import { secretReferenceSchema } from './secret.js';
import { trustedProxiesSchema } from './trusted-proxies.js';

const noMerchant =
  'must name at least one merchant: set FISCALKIT_MERCHANT_ID and FISCALKIT_MERCHANT_SECRET, or FISCALKIT_DEMO=1 to try';

const thresholdMs = whole(1, 31 * 86_400_000);

const administratorSchema = z.strictObject({
  /** Stands in the journal beside everything that the administrator does. */
  name: z.string().regex(/^[\w.@-]{1,64}$/, { error: 'must be 1 to 64 letters, digits, _, ., @ or -' }),
  keyHash: keyHashesSchema,
});

/** The configuration file; environment variables set the same paths. */
export const configurationSchema = z.strictObject({
  host: z.string().min(1).default('127.0.0.1'),
  port: whole(0, 65_535).default(8080),
  role: z.enum(['all', 'api', 'worker']).default('all'),
  /** Where the ledger is; by reference when it holds a password. */
  ledgerUrl: z
    .union([z.string(), secretReferenceSchema], { error: 'must be text, or name where the text is' })
    .default('sqlite:data/ledger.sqlite'),
  /** What holds for a ledger in PostgreSQL. */
  postgres: z
    .strictObject({
      /** How long an acceptance waits while another open transaction holds the payment. */
      paymentWaitMs: whole(0, 60_000).default(5_000),
      allowFsyncOff: z.boolean({ error: 'must be true or false' }).default(false),
    })
    .prefault({}),
  logLevel: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
  openPayments: z.string().optional(),
  /** Whether the page that explains the API is served. */
  docs: z.boolean({ error: 'must be true or false' }).default(true),
  trustedProxies: trustedProxiesSchema.default([]),
  limits: limitsSchema.prefault({}),
  delivery: z
    .strictObject({
      concurrency: whole(1, 1024).default(32),
      /** `null` for no limit. */
      perSecond: z.number().positive().nullable().default(null),
      /** How long the outcome may stay unknown before somebody is told. */
      unknownAfterMs: thresholdMs.default(600_000),
      /** How long a document may wait for its registration before somebody is told. */
      overdueAfterMs: thresholdMs.default(86_400_000),
    })
    .prefault({}),
  /** The key of the one administrator that is named `admin`. */
  adminKey: secretReferenceSchema.optional(),
  adminKeyHash: keyHashesSchema.optional(),
  administrators: z.array(administratorSchema).default([]),
  merchants: z.array(merchantSchema, { error: noMerchant }).min(1, { error: noMerchant }),
});

export type ConfigurationFile = z.infer<typeof configurationSchema>;

/** Somebody who may look at stuck entries and act on them. */
export interface Administrator {
  readonly name: string;
  readonly keyHashes: readonly string[];
}

/** All that the gateway is told at start, checked. */
export interface Configuration
  extends Omit<
    ConfigurationFile,
    'merchants' | 'ledgerUrl' | 'adminKey' | 'adminKeyHash' | 'administrators'
  > {
  readonly ledgerUrl: string;
  readonly administrators: readonly Administrator[];
  readonly merchants: readonly MerchantConfiguration[];
}
