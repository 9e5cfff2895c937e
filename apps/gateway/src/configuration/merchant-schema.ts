import { isInn, isPinfl, isTin } from '@fiscalkit/schemas';
import { z } from 'zod';
import { mostEndpoints, type WebhookEndpoint, webhookSchema } from '../webhooks/webhook-settings.js';
import { addressSchema, connection, keyHashesSchema, listOf, milliseconds, whole } from './field-schemas.js';
import { requestsPerSecondSchema } from './limits-schema.js';
import { providerFactories } from './provider-factories.js';
import { sectionOf } from './provider-section.js';
import { secretReferenceSchema } from './secret.js';
import { setting } from './setting.js';

const companySchema = z.strictObject({
  inn: setting(
    z.string().refine((text) => isInn(text) || isTin(text) || isPinfl(text), {
      error: 'must be a tax id: 10 or 12 digits with right check digits, or 9 or 14 digits in Uzbekistan',
    }),
    { variable: 'FISCALKIT_COMPANY_INN', help: 'tax id that receipts of the merchant carry' },
  ),
  email: setting(z.string().min(1).max(64).optional(), {
    variable: 'FISCALKIT_COMPANY_EMAIL',
    help: 'e-mail that receipts of the merchant carry',
  }),
  tax_system: setting(
    z.enum(['osn', 'usn_income', 'usn_income_outcome', 'envd', 'esn', 'patent']).optional(),
    { variable: 'FISCALKIT_COMPANY_TAX_SYSTEM', help: 'tax system that receipts of the merchant carry' },
  ),
  payment_address: setting(z.string().min(1).max(256).optional(), {
    variable: 'FISCALKIT_COMPANY_PAYMENT_ADDRESS',
    help: 'place of settlement that receipts of the merchant carry',
  }),
});

const freedompaySchema = z.strictObject({
  baseUrl: setting(addressSchema.default('https://api.freedompay.uz'), {
    variable: 'FISCALKIT_FREEDOMPAY_URL',
    help: 'address of the receipts API',
  }),
  merchantId: setting(z.string().min(1).optional(), {
    variable: 'FISCALKIT_FREEDOMPAY_MERCHANT_ID',
    help: "the provider's id of the merchant",
    absent: "the merchant's id",
  }),
  secretKey: setting(secretReferenceSchema.optional(), {
    variable: 'FISCALKIT_FREEDOMPAY_SECRET',
    help: "the provider's key of the merchant",
    absent: "the merchant's key",
  }),
  settlesWithinMs: setting(milliseconds.default(15_000), {
    help: 'how long after an attempt began it may still be processed, in milliseconds, see below',
  }),
  ...connection('FISCALKIT_FREEDOMPAY'),
});

const fiscalboxSchema = z.strictObject({
  baseUrl: setting(addressSchema.default('https://api.fiscalbox.uz'), {
    variable: 'FISCALKIT_FISCALBOX_URL',
    help: 'address of the confirmations API',
  }),
  apiKey: setting(secretReferenceSchema.optional(), {
    help: 'key that is sent to the provider as `Authorization: Bearer`, by reference',
    absent: 'none',
  }),
  ...connection('FISCALKIT_FISCALBOX'),
});

/** Sections of the providers whose settings are data; each is needed only by a merchant of its provider. */
const sections: Readonly<Record<string, z.ZodOptional<ReturnType<typeof sectionOf>>>> = Object.fromEntries(
  Object.values(providerFactories).map((factory) => [factory.name, sectionOf(factory).optional()]),
);

const receiptProviders = ['freedompay', ...Object.keys(providerFactories)];

const isProvider = { error: `must be one of ${receiptProviders.join(', ')}, or a list of them, each once` };

/** Providers of receipts in the order of preference: one as text, or several, each once. */
const preferenceSchema = z.preprocess(
  listOf,
  z
    .array(z.string(), isProvider)
    .refine(
      (names) =>
        names.length > 0 &&
        names.every((name) => receiptProviders.includes(name)) &&
        new Set(names).size === names.length,
      isProvider,
    ),
);

/** Merchant of the configuration file. */
export const merchantSchema = z.strictObject({
  id: setting(z.string().regex(/^[\w-]{1,64}$/, { error: 'must be 1 to 64 letters, digits, _ or -' }), {
    variable: 'FISCALKIT_MERCHANT_ID',
    help: 'id of the one merchant',
    guide: 'who signs requests to `/v5/receipts`: the id in `X-JWS-Signature`, and in the ledger',
  }),
  secretKey: setting(secretReferenceSchema, {
    variable: 'FISCALKIT_MERCHANT_SECRET',
    help: 'key that the merchant signs requests with',
    guide: 'key that the merchant signs requests with, by reference',
  }),
  apiKey: setting(secretReferenceSchema.optional(), {
    variable: 'FISCALKIT_MERCHANT_API_KEY',
    help: 'key that the merchant confirms payments with',
    guide:
      'key for `/payment/*`, which is sent as `Authorization: Bearer …`, by reference; the gateway keeps only its hash',
  }),
  apiKeyHash: setting(keyHashesSchema.optional(), {
    variable: 'FISCALKIT_MERCHANT_API_KEY_HASH',
    help: 'its hash instead, as new-key prints it; several with commas',
    guide: 'its hash instead, as `new-key` prints it; or a list of up to 8',
  }),
  replayWindowMs: setting(milliseconds.optional(), {
    variable: 'FISCALKIT_REPLAY_WINDOW_MS',
    help: 'within how long a signed request may arrive, and only once',
    absent: 'no bound',
  }),
  requestsPerSecond: setting(requestsPerSecondSchema.optional(), {
    help: 'goes before `limits.requestsPerSecond`; `null` for no limit',
  }),
  twins: setting(z.enum(['refused', 'accepted']).default('refused'), {
    variable: 'FISCALKIT_TWINS',
    help: 'accepted: a second receipt with the same content is taken under another key',
    guide: '`accepted`: a second receipt with the same content is taken under another key',
  }),
  receiptMethod: setting(z.enum(['separately', 'together']).default('separately'), {
    help: '`separately` or `together`, printed in answers',
  }),
  utcOffsetHours: setting(whole(-12, 14).default(5), {
    help: 'zone of `created_at` where the request does not ask for one, in hours',
  }),
  warningsAsFaults: setting(z.boolean().default(false), {
    help: 'refuse what is only a warning, such as a VAT rate out of its dates',
  }),
  company: companySchema.optional(),
  provider: setting(preferenceSchema.default(['freedompay']), {
    variable: 'FISCALKIT_PROVIDER',
    help: `who registers the receipts: ${receiptProviders.join(' or ')}; several with commas, the first that takes one gets it`,
    guide:
      'who registers the receipts, with the settings of the section of that name; several as a list, see [several providers](#several-providers)',
  }),
  webhooks: z
    .array(webhookSchema)
    .max(mostEndpoints, { error: `must have at most ${mostEndpoints} endpoints` })
    .default([]),
  freedompay: freedompaySchema.prefault({}),
  fiscalbox: fiscalboxSchema.prefault({}),
  ...sections,
});

type MerchantFile = z.infer<typeof merchantSchema>;

/** Merchant with its secrets read; of the keys that its own callers send, only the hashes. */
export interface MerchantConfiguration
  extends Omit<
    MerchantFile,
    'secretKey' | 'apiKey' | 'apiKeyHash' | 'freedompay' | 'fiscalbox' | 'webhooks'
  > {
  readonly webhooks: readonly WebhookEndpoint[];
  readonly secretKey: string;
  readonly apiKeyHashes: readonly string[];
  readonly freedompay: Omit<MerchantFile['freedompay'], 'secretKey' | 'merchantId'> & {
    readonly merchantId: string;
    readonly secretKey: string;
  };
  readonly fiscalbox: Omit<MerchantFile['fiscalbox'], 'apiKey'> & { readonly apiKey: string | undefined };
  /** Sections of those of its providers whose settings are data, by their names. */
  readonly sections: Readonly<Record<string, ProviderSection>>;
}

/** Settings of a provider with its secrets read, and those of its connection. */
export interface ProviderSection extends Readonly<Record<string, unknown>> {
  readonly attemptMs: number;
}
