import { fiscalEventKinds } from '@fiscalkit/schemas';
import type { Delay, FiscalEventKind } from '../entry/fiscal-event.js';
import { type EventHandler, HandlerQueue, type HandlerQueueDependencies } from './handler-queue.js';
import { WorkLoop } from './work-loop.js';

/** Delivers events to the handlers of this process, each in its own queue, so that none waits for another. */
export class EventDispatcher {
  readonly #dependencies: HandlerQueueDependencies;
  readonly #handlers: readonly EventHandler[];
  readonly #queues: ReadonlyMap<EventHandler, HandlerQueue>;
  #halt: () => Promise<void> = async () => {};

  constructor(dependencies: HandlerQueueDependencies, handlers: readonly EventHandler[]) {
    this.#dependencies = dependencies;
    this.#handlers = handlers;
    this.#queues = new Map(handlers.map((handler) => [handler, new HandlerQueue(dependencies, handler)]));
  }

  /** Makes the subscriptions durable and starts delivering. */
  async start(): Promise<void> {
    const { store, isLogged } = this.#dependencies;
    await store.subscribe(this.#handlers.map(({ handler, kinds }) => ({ handler, kinds })));
    const kinds = isLogged ? fiscalEventKinds : this.#handlers.flatMap((handler) => handler.kinds);
    const watch = createDelayWatch(this.#dependencies, kinds, () => this.#wakeAll());
    const stopListening = store.onWake(() => this.#wakeAll());
    for (const queue of this.#queues.values()) queue.start();
    watch.start();
    this.#halt = async () => {
      stopListening();
      await watch.stop();
    };
  }

  /** Signals that an event of this kind may be due. */
  wake(kind: FiscalEventKind): void {
    for (const [{ kinds }, queue] of this.#queues) if (kinds.includes(kind)) queue.wake();
  }

  /** Stops delivery; handlers that outlast the grace are called again after the next start. */
  async stop(graceMs: number): Promise<void> {
    await Promise.all([this.#halt(), ...Array.from(this.#queues.values(), (queue) => queue.stop(graceMs))]);
  }

  #wakeAll(): void {
    for (const queue of this.#queues.values()) queue.wake();
  }
}

const delays: readonly Delay[] = ['unknown-for-long', 'overdue'];

/** Most entries that are announced in one transaction. */
const limit = 200;

/** Polls for entries whose delay a handler subscribed to; calls `raised` when there were any. */
function createDelayWatch(
  dependencies: HandlerQueueDependencies,
  kinds: readonly FiscalEventKind[],
  raised: () => void,
): WorkLoop {
  const { store, settings, overdueAfterMs, emit, random } = dependencies;
  const wanted = delays.filter((delay) => kinds.some((kind) => kind.endsWith(`.${delay}`)));
  const thresholdsMs = { 'unknown-for-long': settings.unknownForLongMs, overdue: overdueAfterMs };

  async function turn(): Promise<number> {
    let more = false;
    for (const delay of wanted) {
      const entries = await store.raise({ delay, olderThanMs: thresholdsMs[delay], limit });
      if (entries > 0) raised();
      more ||= entries === limit;
    }
    return more ? 0 : settings.pollIntervalMs;
  }

  return new WorkLoop({ turn, pollMs: settings.pollIntervalMs, emit, random });
}
