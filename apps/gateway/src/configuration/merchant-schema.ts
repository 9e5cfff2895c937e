import { isInn, isPinfl, isTin } from '@fiscalkit/schemas';
import { z } from 'zod';
import { milliseconds, whole } from './bounds.js';
import { keyHashesSchema } from './key-hashes.js';
import { requestsPerSecondSchema } from './limits-schema.js';
import { secretReferenceSchema } from './secret.js';

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

/** How one provider is reached, whichever it is. */
const connection = {
  attemptMs: milliseconds.default(10_000),
  /** Whether the name in `baseUrl` may resolve to a private address. */
  allowPrivateAddresses: z.boolean().default(false),
};

/** One merchant, as the configuration file names it. */
export const merchantSchema = z.strictObject({
  /** Id in `X-JWS-Signature`, and of the merchant in the ledger. */
  id: z.string().regex(/^[\w-]{1,64}$/, { error: 'must be 1 to 64 letters, digits, _ or -' }),
  secretKey: secretReferenceSchema,
  apiKey: secretReferenceSchema.optional(),
  apiKeyHash: keyHashesSchema.optional(),
  /** Within how long a signed request may arrive, and only once; no such bound when absent. */
  replayWindowMs: milliseconds.optional(),
  /** Goes before `limits.requestsPerSecond`. */
  requestsPerSecond: requestsPerSecondSchema.optional(),
  company: companySchema.optional(),
  receiptMethod: z.enum(['separately', 'together']).default('separately'),
  /** Zone that `created_at` is printed in, in hours. */
  utcOffsetHours: whole(-12, 14).default(5),
  warningsAsFaults: z.boolean().default(false),
  /** What becomes of a second receipt with the same content under another key. */
  twins: z.enum(['refused', 'accepted']).default('refused'),
  freedompay: z
    .strictObject({
      baseUrl: address.default('https://api.freedompay.uz'),
      merchantId: z.string().min(1).optional(),
      secretKey: secretReferenceSchema.optional(),
      settlesWithinMs: milliseconds.default(15_000),
      ...connection,
    })
    .prefault({}),
  fiscalbox: z
    .strictObject({
      baseUrl: address.default('https://api.fiscalbox.uz'),
      apiKey: secretReferenceSchema.optional(),
      ...connection,
    })
    .prefault({}),
});

type MerchantFile = z.infer<typeof merchantSchema>;

/** A merchant with its secrets read; of the keys that its own callers send, only the hashes. */
export interface MerchantConfiguration
  extends Omit<MerchantFile, 'secretKey' | 'apiKey' | 'apiKeyHash' | 'freedompay' | 'fiscalbox'> {
  readonly secretKey: string;
  readonly apiKeyHashes: readonly string[];
  readonly freedompay: Omit<MerchantFile['freedompay'], 'secretKey' | 'merchantId'> & {
    readonly merchantId: string;
    readonly secretKey: string;
  };
  readonly fiscalbox: Omit<MerchantFile['fiscalbox'], 'apiKey'> & { readonly apiKey: string | undefined };
}
