import { setTimeout as delay } from 'node:timers/promises';
import { sampleSale, signRequest } from '@fiscalkit/testing';

/** Calls of several callers, and how each ended. */
export interface Calls {
  /** Answers by status; what was not answered is under its error's code. */
  readonly counts: ReadonlyMap<string, number>;
  /** Payments whose sale and refund were both answered with 200. */
  readonly payments: readonly number[];
  /** Ends the callers after their next payment. */
  end(): Promise<void>;
}

const path = '/v5/receipts';

/**
 * Calls without a pause: each of `callers` sells and refunds one payment after the other, the sale with a key
 * and again with the same key, the refund without one. Nothing is repeated after a failure.
 */
export function keepCalling(url: string, callers: number): Calls {
  const counts = new Map<string, number>();
  const payments: number[] = [];
  let next = 1;
  let isOver = false;
  const send = async (body: string, headers: Record<string, string> = {}) => {
    const outcome = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'X-JWS-Signature': signRequest('POST', path, body),
        ...headers,
      },
      body,
    }).then(
      async (response) => {
        await response.arrayBuffer();
        return String(response.status);
      },
      (error) => String(error?.cause?.code ?? error),
    );
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
    return outcome === '200';
  };
  const call = async () => {
    while (!isOver) {
      const payment = next++;
      const sold = JSON.stringify(sampleSale(payment));
      const key = { 'Idempotency-Key': `order-${payment}` };
      const answered = [
        await send(sold, key),
        await send(sold, key),
        await send(JSON.stringify(sampleSale(payment, 'sell_refund'))),
      ];
      if (answered.every(Boolean)) payments.push(payment);
      await delay(1);
    }
  };
  const calling = Promise.all(Array.from({ length: callers }, call));
  return {
    counts,
    payments,
    async end() {
      isOver = true;
      await calling;
    },
  };
}
