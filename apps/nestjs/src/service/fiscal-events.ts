import type { EventReaders, FeedItem, FeedPage, FeedPlace, FeedRequest } from '@fiscalkit/ledger';
import type { ForMerchant, RequestContext } from './request-context.js';

/** The events of merchants, for programs that read them in turn. Needs the option `feed` of the module. */
export class FiscalEvents {
  readonly #context: RequestContext;

  constructor(context: RequestContext) {
    this.#context = context;
  }

  /**
   * Returns the merchant's events behind a cursor, oldest first; with `waitMs`, it waits where there is none
   * yet. Every event comes once, and none is ever passed over. Throws a `FiscalError` with code `events.cursor`,
   * `events.gone` where events behind the cursor are no longer kept, `events.limit`, `events.busy`,
   * `events.off`, `merchant.unknown`, `merchant.required`, `lists.busy`, `lists.timeout` or
   * `ledger.unavailable`.
   */
  async after(request: ForMerchant<FeedRequest> = {}): Promise<FeedPage> {
    return this.#context.ledger.feed.after(this.#context.withWaitLimit(request));
  }

  /**
   * Returns the cursor to read on with from a time, or behind the last event where none is given; no later one
   * than `notBehind`. Throws `events.off`, `events.cursor`, `merchant.unknown`, `merchant.required` or
   * `ledger.unavailable`.
   */
  async cursorAt(request: ForMerchant<FeedPlace> = {}): Promise<string> {
    return this.#context.ledger.feed.cursorAt(this.#context.withMerchant(request));
  }

  /** How far programs have read that keep it in the ledger, of which one process at a time goes on. */
  get readers(): EventReaders {
    return this.#context.ledger.eventReaders;
  }

  /**
   * Returns the merchant's events behind a cursor, and then each new one as it happens, until the signal ends it
   * or the application stops. Keep the cursor of an event once its work is done, and go on with it after a
   * restart. Throws as `after`.
   */
  async *follow(
    request: ForMerchant<Omit<FeedRequest, 'waitMs'>> = {},
  ): AsyncGenerator<FeedItem, void, undefined> {
    yield* this.#context.ledger.feed.follow(this.#context.withWaitLimit(request));
  }
}
