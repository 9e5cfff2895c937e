import type { WebhookDelivery } from './webhook-settings.js';

/** Failures in a row after which an endpoint gets a pause, and then one delivery to try. */
const mostFailures = 5;

/** Keeps deliveries from an endpoint that does not take any, and tries it with one from time to time. */
export class EndpointBreaker {
  readonly #settings: Pick<WebhookDelivery, 'retryMs' | 'mostRetryMs'>;
  #failures = 0;
  #pausedUntil = 0;

  constructor(settings: Pick<WebhookDelivery, 'retryMs' | 'mostRetryMs'>) {
    this.#settings = settings;
  }

  /** Returns how many deliveries may be under way at a time: none in a pause, one to try after it. */
  places(now: number, most: number): number {
    if (now < this.#pausedUntil) return 0;
    return this.#failures < mostFailures ? most : 1;
  }

  get pausedUntil(): number {
    return this.#pausedUntil;
  }

  succeeded(): void {
    this.#failures = 0;
    this.#pausedUntil = 0;
  }

  /** Notes a failure, and how long the endpoint asked to be left alone. */
  failed(now: number, retryAfterMs: number): void {
    this.#failures += 1;
    const pauseMs =
      this.#failures < mostFailures ? 0 : delayOf(this.#settings, this.#failures - mostFailures);
    const pausedUntil = now + Math.max(pauseMs, Math.min(retryAfterMs, this.#settings.mostRetryMs));
    this.#pausedUntil = Math.max(this.#pausedUntil, pausedUntil);
  }
}

/** Returns the delay after so many failures: it doubles, with a fifth of it by chance. */
export function delayOf(
  { retryMs, mostRetryMs }: Pick<WebhookDelivery, 'retryMs' | 'mostRetryMs'>,
  failures: number,
): number {
  const delayMs = Math.min(retryMs * 2 ** Math.min(failures, 30), mostRetryMs);
  return delayMs * (0.9 + 0.2 * Math.random());
}
