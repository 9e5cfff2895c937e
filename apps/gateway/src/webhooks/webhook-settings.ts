import { fiscalEventKinds } from '@fiscalkit/ledger';
import { z } from 'zod';
import { milliseconds, whole } from '../configuration/field-schemas.js';
import { secretReferenceSchema } from '../configuration/secret.js';
import { setting } from '../configuration/setting.js';

/** Most endpoints of a merchant. */
export const mostEndpoints = 10;

/** Address of an endpoint: it may have a query, which often says whose events they are. */
export const urlSchema = z
  .url({ protocol: /^https?$/, error: 'must be an http or https address' })
  .max(2048)
  .refine((text) => !/#|\/\/[^/]*@/.test(text), { error: 'must have no fragment and no credentials' });

/** Endpoint of a merchant in the configuration file. */
export const webhookSchema = z.strictObject({
  name: setting(
    z
      .string()
      .regex(/^[\w-]{1,32}$/, { error: 'must be 1 to 32 letters, digits, _ or -' })
      .default('default'),
    {
      help: 'name of the endpoint',
      guide: 'name of the endpoint, the same in every release: how far it has come is kept under it',
    },
  ),
  url: setting(urlSchema, {
    variable: 'FISCALKIT_WEBHOOK_URL',
    help: 'address that events are sent to, of the first endpoint',
    guide: 'address that events are sent to',
  }),
  // A schema of its own, because texts belong to one.
  secret: setting(secretReferenceSchema.clone(), {
    variable: 'FISCALKIT_WEBHOOK_SECRET',
    help: 'secret that events are signed with: whsec_ and 24 to 64 bytes in base64',
    guide: 'secret that events are signed with, by reference: `whsec_` and 24 to 64 bytes in base64',
  }),
  oldSecret: setting(secretReferenceSchema.optional(), {
    help: 'second secret that events are signed with, too, while it is changed',
    guide: 'second secret that events are signed with, too, while it is changed, by reference',
    absent: 'none',
  }),
  types: setting(z.array(z.enum(fiscalEventKinds)).min(1).optional(), {
    help: 'types of events that are sent',
    absent: 'all',
  }),
  payload: setting(z.enum(['thin', 'full']).default('thin'), {
    help: '`thin`: ids, status, mark and link; `full`: the whole receipt as well, with what it says of the sale',
  }),
  allowPrivateAddresses: setting(z.boolean().default(false), {
    variable: 'FISCALKIT_WEBHOOK_ALLOW_PRIVATE',
    help: '1: the name in its address may resolve to a private one',
    guide: 'lets the name in `url` lead to a private address',
    absent: 'off',
  }),
});

export type WebhookFile = z.infer<typeof webhookSchema>;

/** Settings of the delivery to all endpoints. */
export const webhooksSchema = z.strictObject({
  key: setting(secretReferenceSchema.clone().optional(), {
    variable: 'FISCALKIT_WEBHOOK_KEY',
    help: 'key that endpoints which merchants set are encrypted with; new-key makes one',
    guide:
      'key that endpoints which [merchants set themselves](webhooks.md#endpoints-that-merchants-set) are encrypted with, by reference; `new-key` makes one',
    absent: 'none: merchants set none',
  }),
  formerKey: setting(secretReferenceSchema.clone().optional(), {
    variable: 'FISCALKIT_FORMER_WEBHOOK_KEY',
    help: 'the key before it, which what is stored is still read with',
    guide: 'the key before it, which what is stored is still read with, by reference',
    absent: 'none',
  }),
  allowPrivateAddresses: setting(z.boolean().default(false), {
    variable: 'FISCALKIT_OWN_WEBHOOKS_ALLOW_PRIVATE',
    help: '1: endpoints that merchants set may have private addresses',
    guide: 'lets endpoints that merchants set have private addresses, which leads them into your network',
    absent: 'off',
  }),
  attemptMs: setting(milliseconds.default(10_000), {
    variable: 'FISCALKIT_WEBHOOK_ATTEMPT_MS',
    help: 'time for one delivery to an endpoint, in milliseconds',
  }),
  retryMs: setting(milliseconds.default(5_000), {
    variable: 'FISCALKIT_WEBHOOK_RETRY_MS',
    help: 'delay before the first repeat of a delivery, which doubles with each, in milliseconds',
  }),
  mostRetryMs: setting(milliseconds.default(600_000), {
    variable: 'FISCALKIT_WEBHOOK_MOST_RETRY_MS',
    help: 'longest delay before a repeat of a delivery, in milliseconds',
  }),
  disableAfterMs: setting(whole(1, 31 * 86_400_000).default(7 * 86_400_000), {
    variable: 'FISCALKIT_WEBHOOK_DISABLE_AFTER_MS',
    help: 'after how long without a delivery, of failures only, an endpoint is disabled, in milliseconds',
  }),
});

export type WebhooksFile = z.infer<typeof webhooksSchema>;

/** Settings of the delivery to all endpoints, with their keys read. */
export interface WebhookDelivery extends Omit<WebhooksFile, 'key' | 'formerKey'> {
  /** What endpoints that merchants set are encrypted with: the newest first; none where they set none. */
  readonly keys: readonly string[];
}

/** An endpoint with its secrets read. */
export interface WebhookEndpoint extends Omit<WebhookFile, 'secret' | 'oldSecret'> {
  readonly merchant: string;
  /** One, or two while it is changed. */
  readonly secrets: readonly string[];
  /** Of an endpoint that its merchant has set: its id, and the cursor behind which its events begin. */
  readonly own?: { readonly id: string; readonly cursor: string };
}

/** Returns why a text is no secret of Standard Webhooks; `null` where it is one. */
export function webhookSecretFault(secret: string): string | null {
  const [, encoded = ''] = /^whsec_([A-Za-z\d+/]+={0,2})$/.exec(secret) ?? [];
  const bytes = Buffer.from(encoded, 'base64').length;
  return bytes >= 24 && bytes <= 64 ? null : 'must be whsec_ and 24 to 64 bytes in base64';
}

/** Returns the name under which the ledger keeps how far an endpoint is. */
export function readerName({
  merchant,
  name,
  own,
}: Pick<WebhookEndpoint, 'merchant' | 'name' | 'own'>): string {
  return ['webhook', merchant, name, ...(own ? [own.id] : [])].join(':');
}
