import type { ReceivedCallback } from '@fiscalkit/ledger';
import type { RequestContext } from './request-context.js';

/** Callbacks of providers: none is believed, each brings a question about its document forward. */
export class FiscalCallbacks {
  readonly #context: RequestContext;

  constructor(context: RequestContext) {
    this.#context = context;
  }

  /**
   * Takes a callback in; false if its token is not that of its account, to be answered like an unknown path.
   * Waits for nothing, and tells nobody whether the callback names a document.
   */
  take(callback: ReceivedCallback): boolean {
    return this.#context.ledger.callbacks.take(callback);
  }
}
