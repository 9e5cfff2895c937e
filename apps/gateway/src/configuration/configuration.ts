import { z } from 'zod';
import { type Role, roles } from '../auth/roles.js';
import { type WebhookDelivery, webhooksSchema } from '../webhooks/webhook-settings.js';
import { addressSchema, keyHashesSchema, listOf, trustedProxiesSchema, whole } from './field-schemas.js';
import { limitsSchema } from './limits-schema.js';
import { type MerchantConfiguration, merchantSchema } from './merchant-schema.js';
import { secretReferenceSchema } from './secret.js';
import { type Setting, setting, settingsOf } from './setting.js';

const noMerchant =
  'must name at least one merchant: set FISCALKIT_MERCHANT_ID and FISCALKIT_MERCHANT_SECRET, or FISCALKIT_DEMO=1 to try';

const thresholdMs = whole(1, 31 * 86_400_000);

const severalIds = { error: 'must be a list of ids of merchants, each once; left out for all merchants' };

const merchantIdsSchema = z.preprocess(
  listOf,
  z
    .array(z.string(), severalIds)
    .refine((ids) => ids.length > 0 && new Set(ids).size === ids.length, severalIds),
);

const administratorSchema = z.strictObject({
  name: setting(
    z.string().regex(/^[\w.@-]{1,64}$/, { error: 'must be 1 to 64 letters, digits, _, ., @ or -' }),
    { help: 'who it is: the name stands in the journal beside everything that the administrator does' },
  ),
  keyHash: setting(keyHashesSchema, {
    help: "the hash of the administrator's key, as `new-key` prints it; or a list of up to 8",
  }),
  role: setting(z.enum(roles, { error: `must be one of ${roles.join(', ')}` }).default('admin'), {
    help: '`read`, `operate` or `admin`, see [administrators](operations.md#administrators)',
  }),
  merchants: setting(merchantIdsSchema.optional(), {
    help: 'ids of the only merchants that the administrator sees and acts on',
    absent: 'all',
  }),
});

const flag = z.boolean({ error: 'must be true or false' });

const postgresSchema = z.strictObject({
  paymentWaitMs: setting(whole(0, 60_000).default(5_000), {
    help: 'how long an acceptance waits while another open transaction holds the payment, in milliseconds; then it ends as `payment.busy`',
  }),
  allowFsyncOff: setting(flag.default(false), {
    variable: 'FISCALKIT_ALLOW_FSYNC_OFF',
    help: '1: take a PostgreSQL with fsync = off, which can lose what was accepted; for tests',
    guide: 'takes a server with `fsync = off`, which can lose what was accepted: for tests',
  }),
});

const deliverySchema = z.strictObject({
  concurrency: setting(whole(1, 1024).default(32), {
    variable: 'FISCALKIT_CONCURRENCY',
    help: 'attempts under way at the same time, per account of a provider',
  }),
  mostCalls: setting(whole(2, 65_536).optional(), {
    variable: 'FISCALKIT_MOST_CALLS',
    help: 'attempts under way at the same time, to all accounts together',
    absent: '256, or twice the concurrency',
  }),
  perSecond: setting(z.number().positive().nullable().default(null), {
    variable: 'FISCALKIT_ATTEMPTS_PER_SECOND',
    help: 'attempts begun in a second, per account of a provider',
    absent: 'no limit',
  }),
  unknownAfterMs: setting(thresholdMs.default(600_000), {
    variable: 'FISCALKIT_UNKNOWN_AFTER_MS',
    help: 'how long an outcome may stay unknown before somebody is told, in milliseconds',
    guide: 'how long an outcome may stay unknown before [somebody is told](operations.md), in milliseconds',
  }),
  overdueAfterMs: setting(thresholdMs.default(86_400_000), {
    variable: 'FISCALKIT_OVERDUE_AFTER_MS',
    help: 'how long a document may wait for its registration before somebody is told, in milliseconds',
  }),
});

const eventsSchema = z.strictObject({
  keptDays: setting(whole(0, 366).default(14), {
    variable: 'FISCALKIT_EVENTS_KEPT_DAYS',
    help: 'how long events are kept for GET /v5/events, in days; 0: none are written',
    guide: 'how long events are kept for [`GET /v5/events`](events.md), in days; 0: none are written',
  }),
});

const callbacksSchema = z.strictObject({
  publicUrl: setting(addressSchema.max(160, { error: 'must have at most 160 characters' }).optional(), {
    variable: 'FISCALKIT_PUBLIC_URL',
    help: 'address of this gateway as providers reach it, which documents then tell them',
    guide: 'address of this gateway as providers reach it: documents tell it to those that call back',
    absent: 'none: nobody is told',
  }),
  key: setting(secretReferenceSchema.optional(), {
    variable: 'FISCALKIT_CALLBACK_KEY',
    help: 'secret that the tokens of callbacks are derived from; new-key makes one',
    guide: 'secret that the tokens in those addresses are derived from, by reference; `new-key` makes one',
    absent: 'none: no callbacks',
  }),
  formerKey: setting(secretReferenceSchema.optional(), {
    variable: 'FISCALKIT_FORMER_CALLBACK_KEY',
    help: 'the secret before it, whose tokens are still taken',
    guide: 'the secret before it, whose tokens are still taken while the key is changed, by reference',
    absent: 'none',
  }),
});

/** Schema of the configuration file, in the order of `--help` and of the guide; variables set its paths. */
export const configurationSchema = z.strictObject({
  port: setting(whole(0, 65_535).default(8080), { variable: 'PORT', help: 'port to listen on' }),
  host: setting(z.string().min(1).default('127.0.0.1'), { variable: 'HOST', help: 'address to listen on' }),
  role: setting(z.enum(['all', 'api', 'worker']).default('all'), {
    variable: 'FISCALKIT_ROLE',
    help: 'all: accept and deliver; api: accept only; worker: deliver only',
  }),
  ledgerUrl: setting(
    z
      .union([z.string(), secretReferenceSchema], { error: 'must be text, or name where the text is' })
      .default('sqlite:data/ledger.sqlite'),
    {
      variable: 'FISCALKIT_LEDGER_URL',
      help: 'where the ledger is: sqlite:PATH or postgres://…',
      guide: 'where the ledger is: `sqlite:PATH` or `postgres://…`; by reference when it holds a password',
    },
  ),
  postgres: postgresSchema.prefault({}),
  logLevel: setting(z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'), {
    variable: 'FISCALKIT_LOG_LEVEL',
    help: 'silent, error, warn, info or debug',
  }),
  adminKey: setting(secretReferenceSchema.optional(), {
    variable: 'FISCALKIT_ADMIN_KEY',
    help: 'key of the administrator named admin, who may do everything under /admin',
    guide: 'key of the administrator named `admin`, who may do everything under `/admin`, by reference',
    absent: 'none',
  }),
  adminKeyHash: setting(keyHashesSchema.optional(), {
    variable: 'FISCALKIT_ADMIN_KEY_HASH',
    help: 'its hash instead, as new-key prints it; several with commas',
    absent: 'none',
  }),
  administrators: z.array(administratorSchema).default([]),
  docs: setting(flag.default(true), {
    variable: 'FISCALKIT_DOCS',
    help: '0: do not serve the page that explains the API at /docs',
    guide: 'whether the page that explains the API is served at `/docs`',
  }),
  trustedProxies: setting(trustedProxiesSchema.default([]), {
    variable: 'FISCALKIT_TRUSTED_PROXIES',
    help: 'proxies whose X-Forwarded-For is believed: addresses or ranges, with commas',
  }),
  limits: limitsSchema.prefault({}),
  delivery: deliverySchema.prefault({}),
  events: eventsSchema.prefault({}),
  webhooks: webhooksSchema.prefault({}),
  callbacks: callbacksSchema.prefault({}),
  merchants: z.array(merchantSchema, { error: noMerchant }).min(1, { error: noMerchant }),
  openPayments: setting(z.string().optional(), {
    variable: 'FISCALKIT_OPEN_PAYMENTS',
    help: 'id of the merchant for whom /payment/* takes requests without a key',
    guide: 'id of the merchant for whom `/payment/*` takes requests without a key',
    absent: 'none',
  }),
});

/** All settings, in the order of `--help`. */
export const settings: readonly Setting[] = settingsOf(configurationSchema);

/** Returns the path of a setting in dots, with its variable if it has one. */
export function settingName(path: readonly PropertyKey[]): string {
  const dotted = path.join('.');
  const known = settings.find((each) => each.path.join('.') === dotted);
  return known?.variable ? `${dotted} (${known.variable})` : dotted;
}

export type ConfigurationFile = z.infer<typeof configurationSchema>;

/** Administrator, who may see entries and, with such a role, intervene. */
export interface Administrator {
  readonly name: string;
  readonly keyHashes: readonly string[];
  readonly role: Role;
  /** The only ones that the administrator sees and acts on; `null` for all. */
  readonly merchants: readonly string[] | null;
}

/** Callbacks with their secrets read: none are taken without a key. */
export interface CallbacksConfiguration {
  readonly publicUrl: string | undefined;
  readonly key: string | undefined;
  readonly formerKey: string | undefined;
}

/** Checked configuration of a gateway, with its secrets read. */
export interface Configuration
  extends Omit<
    ConfigurationFile,
    'merchants' | 'ledgerUrl' | 'adminKey' | 'adminKeyHash' | 'administrators' | 'callbacks' | 'webhooks'
  > {
  readonly ledgerUrl: string;
  readonly administrators: readonly Administrator[];
  readonly merchants: readonly MerchantConfiguration[];
  readonly callbacks: CallbacksConfiguration;
  readonly webhooks: WebhookDelivery;
}
