import type { FeedItem } from '@fiscalkit/nestjs';
import type { ReceiptObject } from '@fiscalkit/schemas';
import type { EndpointDependencies } from './endpoint-dependencies.js';
import { webhookRequest } from './webhook-message.js';

/** What came of one delivery; `not-sent` where it was not the endpoint's fault. */
export interface AttemptedDelivery {
  readonly outcome: 'delivered' | 'failed' | 'not-sent';
  /** Status of the answer; `null` without one. */
  readonly status: number | null;
  /** Why there was no answer; `null` where there was one. */
  readonly code: string | null;
  readonly durationMs: number;
  /** How long the endpoint asked to be left alone, in milliseconds. */
  readonly retryAfterMs: number;
}

const notSent: AttemptedDelivery = {
  outcome: 'not-sent',
  status: null,
  code: null,
  durationMs: 0,
  retryAfterMs: 0,
};

/** Sends an event to the endpoint, once. Never throws; follows no redirect. */
export async function attemptDelivery(
  { endpoint, transport, receipts }: EndpointDependencies,
  event: FeedItem,
  signal: AbortSignal,
): Promise<AttemptedDelivery> {
  const begunAt = performance.now();
  let receipt: ReceiptObject | null = null;
  const { receipt_id: id, operation } = event.data;
  try {
    if (endpoint.payload === 'full' && operation === 'receipt' && id !== null) {
      receipt = await receipts.get({ merchant: endpoint.merchant, id });
    }
  } catch {
    // The ledger can't be read just now.
    return notSent;
  }
  const outcome = await transport.attempt(webhookRequest(endpoint, { event, receipt }, new Date()), {
    signal,
  });
  const durationMs = Math.round(performance.now() - begunAt);
  if (outcome.kind !== 'answered') {
    if (outcome.code === 'provider.aborted') return notSent;
    const code = outcome.code.replace('provider.', 'webhook.');
    return { outcome: 'failed', status: null, code, durationMs, retryAfterMs: 0 };
  }
  const { status, headers } = outcome;
  return {
    outcome: status >= 200 && status < 300 ? 'delivered' : 'failed',
    status,
    code: null,
    durationMs,
    retryAfterMs: retryAfterMs(headers['retry-after']),
  };
}

/** Returns a `Retry-After` in seconds as milliseconds; 0 for none, and for a date. */
function retryAfterMs(header: string | string[] | undefined): number {
  return typeof header === 'string' && /^\d{1,6}$/.test(header) ? Number(header) * 1000 : 0;
}
