import type { EventHandler } from './event-handler.js';
import type { StoredEvent } from './fiscal-event.js';
import { type HandlerFailure, handlerFailure } from './handler-failure.js';

/** What came of a call: `cut-off` when delivery was stopping before the handler had come to an end. */
export type HandlerOutcome =
  | { readonly kind: 'done' }
  | ({ readonly kind: 'failed' } & HandlerFailure)
  | { readonly kind: 'cut-off' };

/** The reason to abort a call with when it takes longer than any call may. */
export const handlerTookTooLong = new DOMException('The handler took too long.', 'TimeoutError');

/** Calls a handler, and waits until it has come to an end or the signal is aborted. Never throws. */
export async function callHandler(
  callback: EventHandler['callback'],
  event: StoredEvent,
  signal: AbortSignal,
): Promise<HandlerOutcome> {
  try {
    await Promise.race([callback(event), whenAborted(signal)]);
    return { kind: 'done' };
  } catch (error) {
    const cutOff = signal.aborted && error === signal.reason && error !== handlerTookTooLong;
    return cutOff ? { kind: 'cut-off' } : { kind: 'failed', ...handlerFailure(error) };
  }
}

function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
