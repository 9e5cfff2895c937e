import { FiscalError, fiscalEventKinds } from '@fiscalkit/schemas';
import { EventDispatcher } from '../delivery/event-dispatcher.js';
import type { EventCallback, EventHandler, HandlerQueueDependencies } from '../delivery/handler-queue.js';
import { isFinal } from '../entry/entry.js';
import { eventKind, type FiscalEventKind } from '../entry/fiscal-event.js';
import { isOfWrite, type LedgerSignal } from '../entry/signals.js';

/** Registry of the event handlers of this process. */
export class EventHandlers {
  readonly #dependencies: HandlerQueueDependencies;
  readonly #handlers = new Map<string, EventHandler>();
  #dispatcher: EventDispatcher | null = null;
  #started = false;

  constructor(dependencies: HandlerQueueDependencies) {
    this.#dependencies = dependencies;
  }

  /**
   * Registers a callback for every event of these kinds from the first start of the ledger on: it is called
   * at least once, also after a crash, again with back-off while it fails, and for one entry in the order of
   * its events. The name of the handler must be the same in every release. Throws a `FiscalError` with code
   * `event.handler.duplicate`, `event.handler.kinds` or, when the ledger was started before,
   * `event.handler.late`.
   */
  on<Kind extends FiscalEventKind>(
    handler: string,
    kinds: readonly Kind[],
    callback: EventCallback<Kind>,
  ): void {
    if (this.#started) throw handlerFault('late', 'Handlers are added before the ledger is started.');
    if (this.#handlers.has(handler)) {
      throw handlerFault('duplicate', 'Another handler of events has the same name.');
    }
    if (kinds.length === 0 || !kinds.every((kind) => fiscalEventKinds.includes(kind))) {
      throw handlerFault('kinds', 'A handler names the kinds of events that it takes, and at least one.');
    }
    // The callback is called with events of its kinds only, whose entries are as final as the kind says.
    this.#handlers.set(handler, { handler, kinds, callback: callback as EventHandler['callback'] });
  }

  /**
   * Ends the subscription of a handler that no longer exists, and drops its events. Until then they are kept,
   * because the handler may belong to another process. Throws a `FiscalError` with code
   * `event.handler.in-use` or `ledger.unavailable`.
   */
  async forget(handler: string): Promise<void> {
    if (this.#handlers.has(handler)) throw handlerFault('in-use', 'This handler is at work in this process.');
    await this.#dependencies.store.subscribe([{ handler, kinds: [] }]);
  }

  /** Starts delivery to the handlers, if there are any. */
  async start(): Promise<void> {
    if (this.#started) return;
    this.#started = true;
    if (this.#handlers.size === 0 && !this.#dependencies.isLogged) return;
    this.#dispatcher = new EventDispatcher(this.#dependencies, [...this.#handlers.values()]);
    try {
      await this.#dispatcher.start();
    } catch (error) {
      this.#dispatcher = null;
      this.#started = false;
      throw error;
    }
  }

  async stop(graceMs: number): Promise<void> {
    await this.#dispatcher?.stop(graceMs);
    this.#dispatcher = null;
    this.#started = false;
  }

  /** Wakes the handlers of what this process did, so that no event waits for a poll. */
  hear(event: LedgerSignal): void {
    if (!isOfWrite(event)) return;
    const { operation, state } = event.entry;
    const happening = event.type === 'accepted' ? 'accepted' : isFinal(state) ? state : null;
    const kind = happening && eventKind(operation, happening);
    if (kind) this.#dispatcher?.wake(kind);
  }
}

function handlerFault(fault: string, message: string): FiscalError {
  return new FiscalError({ code: `event.handler.${fault}`, message, retryable: false });
}
