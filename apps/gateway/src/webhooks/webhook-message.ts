import type { AttemptRequest } from '@fiscalkit/client/transport';
import type { FeedItem } from '@fiscalkit/nestjs';
import type { ReceiptObject } from '@fiscalkit/schemas';
import { Webhook } from 'standardwebhooks';
import { gatewayVersion } from '../version.js';
import type { WebhookEndpoint } from './webhook-settings.js';

/** Returns the request that delivers an event, signed by Standard Webhooks with every secret, at this time. */
export function webhookRequest(
  { url, secrets }: Pick<WebhookEndpoint, 'url' | 'secrets'>,
  { event, receipt }: { readonly event: FeedItem; readonly receipt: ReceiptObject | null },
  now: Date,
): AttemptRequest {
  const { id, type, timestamp, data } = event;
  const body = JSON.stringify({ id, type, timestamp, data: { ...data, ...(receipt && { receipt }) } });
  const { pathname, search } = new URL(url);
  return {
    method: 'POST',
    path: `${pathname}${search}`,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'user-agent': `fiscalkit/${gatewayVersion()}`,
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
      'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, now, body)).join(' '),
    },
    body: new TextEncoder().encode(body),
  };
}
