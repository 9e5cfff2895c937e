import type { Delay, FiscalEventKind } from '../entry/fiscal-event.js';
import { type CourierParts, type EventHandler, HandlerLane } from './handler-queue.js';
import { WorkLoop } from './work-loop.js';

/** Delivers events to the handlers of this process, each in a lane of its own, so that none waits for another. */
export class EventCourier {
  readonly #parts: CourierParts;
  readonly #handlers: readonly EventHandler[];
  readonly #lanes: ReadonlyMap<EventHandler, HandlerLane>;
  #halt: () => Promise<void> = async () => {};

  constructor(parts: CourierParts, handlers: readonly EventHandler[]) {
    this.#parts = parts;
    this.#handlers = handlers;
    this.#lanes = new Map(handlers.map((handler) => [handler, new HandlerLane(parts, handler)]));
  }

  /** Makes the subscriptions durable and starts delivering. */
  async start(): Promise<void> {
    const { store } = this.#parts;
    await store.subscribe(this.#handlers.map(({ handler, kinds }) => ({ handler, kinds })));
    const kinds = this.#handlers.flatMap((handler) => handler.kinds);
    const watch = createDelayWatch(this.#parts, kinds, () => this.#wakeAll());
    const stopListening = store.onWake(() => this.#wakeAll());
    for (const lane of this.#lanes.values()) lane.start();
    watch.start();
    this.#halt = async () => {
      stopListening();
      await watch.stop();
    };
  }

  /** Says that an event of this kind may be due. */
  wake(kind: FiscalEventKind): void {
    for (const [{ kinds }, lane] of this.#lanes) if (kinds.includes(kind)) lane.wake();
  }

  /** Stops delivering; handlers at work are given a grace, those that outlast it are called again after the next start. */
  async stop(graceMs: number): Promise<void> {
    await Promise.all([this.#halt(), ...Array.from(this.#lanes.values(), (lane) => lane.stop(graceMs))]);
  }

  #wakeAll(): void {
    for (const lane of this.#lanes.values()) lane.wake();
  }
}

const delays: readonly Delay[] = ['unknown-for-long', 'overdue'];

/** Most entries that are announced in one transaction. */
const limit = 200;

/** Looks from time to time for entries whose delay a handler wants to hear of; `raised` is told when there were any. */
function createDelayWatch(
  parts: CourierParts,
  kinds: readonly FiscalEventKind[],
  raised: () => void,
): WorkLoop {
  const { store, settings, overdueAfterMs, emit, random } = parts;
  const wanted = delays.filter((delay) => kinds.some((kind) => kind.endsWith(`.${delay}`)));
  const patienceMs = { 'unknown-for-long': settings.unknownForLongMs, overdue: overdueAfterMs };

  async function turn(): Promise<number> {
    let more = false;
    for (const delay of wanted) {
      const entries = await store.raise({ delay, olderThanMs: patienceMs[delay], limit });
      if (entries > 0) raised();
      more ||= entries === limit;
    }
    return more ? 0 : settings.lookEveryMs;
  }

  return new WorkLoop({ turn, pollMs: settings.lookEveryMs, emit, random });
}
