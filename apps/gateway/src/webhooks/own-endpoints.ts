import { randomBytes, randomUUID } from 'node:crypto';
import { fiscalEventKinds } from '@fiscalkit/ledger';
import type { FiscalEvents } from '@fiscalkit/nestjs';
import { FiscalError } from '@fiscalkit/schemas';
import { z } from 'zod';
import { settingName } from '../configuration/configuration.js';
import type { PutEndpoint } from './put-endpoint.js';
import { openText, sealText } from './sealed-text.js';
import type { WebhookDelivery, WebhookEndpoint } from './webhook-settings.js';

const endpointSchema = z.object({
  /** Another one for each endpoint of the same name, one after the other. */
  id: z.string(),
  name: z.string(),
  url: z.string(),
  payload: z.enum(['thin', 'full']),
  types: z.array(z.enum(fiscalEventKinds)).optional(),
  secret: z.string(),
  /** The secret before it, and until when it signs as well, in milliseconds. */
  oldSecret: z.object({ secret: z.string(), until: z.number() }).nullable(),
  /** Cursor behind which its events begin. */
  cursor: z.string(),
  createdAt: z.number(),
});

/** An endpoint that its merchant has set, as it is stored. */
export type OwnEndpoint = z.infer<typeof endpointSchema>;

const endpointsSchema = z.array(endpointSchema);

/** What a change of a merchant's endpoints comes to: `null` for no change. */
type Change<Result> = (endpoints: readonly OwnEndpoint[]) => {
  readonly endpoints: readonly OwnEndpoint[] | null;
  readonly result: Result;
};

/** The endpoints that merchants have set, encrypted in the ledger. */
export class OwnEndpoints {
  readonly #events: Pick<FiscalEvents, 'readers'>;
  readonly #settings: Pick<WebhookDelivery, 'keys' | 'allowPrivateAddresses'>;

  constructor(
    events: Pick<FiscalEvents, 'readers'>,
    settings: Pick<WebhookDelivery, 'keys' | 'allowPrivateAddresses'>,
  ) {
    this.#events = events;
    this.#settings = settings;
  }

  get isOn(): boolean {
    return this.#settings.keys.length > 0;
  }

  /** Returns a merchant's endpoints and their version. Throws `webhooks.off` or `webhooks.key`. */
  async of(merchant: string): Promise<{ version: number; endpoints: readonly OwnEndpoint[] }> {
    if (!this.isOn) throw switchedOff();
    const { version, settings } = await this.#events.readers.settings(merchant);
    if (settings === null) return { version, endpoints: [] };
    const text = openText(settings, this.#settings.keys, merchant);
    if (text === null) throw otherKey();
    return { version, endpoints: endpointsSchema.parse(JSON.parse(text)) };
  }

  versions(): Promise<ReadonlyMap<string, number>> {
    return this.#events.readers.settingsVersions();
  }

  /** Writes what the change makes of a merchant's endpoints, whoever else changes them at the same time. */
  async change<Result>(merchant: string, change: Change<Result>): Promise<Result> {
    for (;;) {
      const { version, endpoints: known } = await this.of(merchant);
      const { endpoints, result } = change(known);
      if (endpoints === null) return result;
      const settings = sealText(JSON.stringify(endpoints), this.#settings.keys[0] ?? '', merchant);
      if (await this.#events.readers.writeSettings({ merchant, version, settings })) return result;
    }
  }

  /** Returns the endpoint that events are sent to, with the secrets that sign at this time. */
  deliverable(merchant: string, own: OwnEndpoint, now: number): WebhookEndpoint {
    const { id, name, url, payload, types, secret, oldSecret, cursor } = own;
    const { allowPrivateAddresses } = this.#settings;
    const secrets = oldSecret && now < oldSecret.until ? [secret, oldSecret.secret] : [secret];
    const chosen = { name, url, payload, allowPrivateAddresses, ...(types && { types }) };
    return { ...chosen, merchant, secrets, own: { id, cursor } };
  }
}

/** Returns a new endpoint whose events begin behind the cursor; its secret is made here unless one is given. */
export function createdEndpoint(
  { name, url, payload, types, secret }: PutEndpoint,
  { cursor, now }: { readonly cursor: string; readonly now: number },
): OwnEndpoint {
  return {
    id: randomUUID(),
    name,
    url,
    payload,
    ...(types && { types }),
    secret: secret ?? `whsec_${randomBytes(32).toString('base64')}`,
    oldSecret: null,
    cursor,
    createdAt: now,
  };
}

const hourMs = 3_600_000;

/** Returns the endpoint as it is put; the secret before another one signs for some hours more. */
export function changedEndpoint(
  known: OwnEndpoint,
  { url, payload, types, secret = known.secret, oldSecretHours }: PutEndpoint,
  now: number,
): OwnEndpoint {
  const { types: _, ...others } = known;
  const last = { secret: known.secret, until: now + oldSecretHours * hourMs };
  const oldSecret = secret === known.secret ? known.oldSecret : oldSecretHours > 0 ? last : null;
  return { ...others, url, payload, ...(types && { types }), secret, oldSecret };
}

function switchedOff(): FiscalError {
  return new FiscalError({
    code: 'webhooks.off',
    message: `Merchants set no webhooks here: whoever runs the gateway gives ${settingName(['webhooks', 'key'])} first.`,
    retryable: false,
  });
}

function otherKey(): FiscalError {
  return new FiscalError({
    code: 'webhooks.key',
    message: `What is stored was encrypted with another key than ${settingName(['webhooks', 'key'])}.`,
    retryable: false,
  });
}
