import type { Logger } from '../logs/logger.js';
import type { Metrics } from '../metrics/metrics.js';
import type { AttemptedDelivery } from './attempt-delivery.js';
import type { WebhookEndpoint } from './webhook-settings.js';

/** Reports what becomes of an endpoint to log and metrics: never its address, nor what was sent. */
export class EndpointReporter {
  readonly #endpoint: Pick<WebhookEndpoint, 'merchant' | 'name'>;
  readonly #logger: Logger;
  readonly #metrics: Metrics;

  constructor(endpoint: WebhookEndpoint, { logger, metrics }: { logger: Logger; metrics: Metrics }) {
    this.#endpoint = endpoint;
    this.#logger = logger;
    this.#metrics = metrics;
  }

  /** Counts a delivery; logs the first that fails, and the first that does not after that. */
  attempted({ outcome, status, code, durationMs }: AttemptedDelivery, wasFailing: boolean): void {
    const isDelivered = outcome === 'delivered';
    this.#metrics.webhookAttempted(
      this.#endpoint.merchant,
      isDelivered ? 'delivered' : 'failed',
      durationMs / 1000,
    );
    if (isDelivered !== wasFailing) return;
    if (isDelivered) this.#metrics.webhookRecovered(this.#endpoint);
    else this.#metrics.webhookFailing(this.#endpoint);
    this.#log('warn', isDelivered ? 'webhook.recovered' : 'webhook.failing', {
      ...(status !== null && { status }),
      ...(code !== null && { code }),
    });
  }

  /** Notes that the endpoint failed when another process, or an earlier life of this one, delivered to it last. */
  failing(): void {
    this.#metrics.webhookFailing(this.#endpoint);
  }

  /** Notes that nothing is sent to the endpoint any more. */
  disabled(why: 'gone' | 'failing'): void {
    this.#metrics.webhookDisabled(this.#endpoint, why);
    this.#log('error', 'webhook.disabled', { code: `webhook.${why}` });
  }

  /** Notes that the endpoint is sent to again. */
  active(): void {
    this.#metrics.webhookActive(this.#endpoint);
    this.#log('info', 'webhook.active', {});
  }

  /** Notes that this process delivers to the endpoint no longer: whoever does counts it if it is disabled. */
  left(): void {
    this.#metrics.webhookActive(this.#endpoint);
  }

  /** Notes that events were no longer kept when the endpoint could have been sent them. */
  eventsGone(): void {
    this.#metrics.problem('webhook.events-gone');
    this.#log('error', 'webhook.events-gone', {});
  }

  #log(level: 'info' | 'warn' | 'error', event: string, fields: { status?: number; code?: string }): void {
    const { merchant, name: webhook } = this.#endpoint;
    this.#logger.log(level, event, { merchant, webhook, ...fields });
  }
}
