import type { FiscalEventKind } from '../../entry/fiscal-event.js';
import type { DelayQuery, DeliveryQuery, DeliveryResult, EventDelivery } from '../event-store.js';
import { longLeaseMs, type StoreHarness } from './store-harness.fixture.js';

/** Short words for what tests do with the events of a store. Without a name, the handler is `mail`. */
export interface EventHarness {
  subscribe(handler: string, ...kinds: readonly FiscalEventKind[]): Promise<void>;
  deliveries(given?: Partial<DeliveryQuery>): Promise<EventDelivery[]>;
  /** The first that is due. */
  delivery(given?: Partial<DeliveryQuery>): Promise<EventDelivery>;
  end(delivery: EventDelivery, result?: DeliveryResult['result']): Promise<'written' | 'lease-lost'>;
  /** Delivers all that is due, in turn. */
  kindsDelivered(handler?: string): Promise<FiscalEventKind[]>;
  raise(delay: DelayQuery['delay'], olderThanMs?: number, limit?: number): Promise<number>;
}

/** The words for the events of this harness's store. */
export function eventHarness(harness: StoreHarness): EventHarness {
  const mine = { handler: 'mail', limit: 10, leaseMs: longLeaseMs, worker: 'one' };
  const words: EventHarness = {
    subscribe: (handler, ...kinds) => harness.store.subscribe([{ handler, kinds }]),
    deliveries: (given) => harness.store.claimDeliveries({ ...mine, ...given }),
    async delivery(given) {
      const [first] = await words.deliveries(given);
      if (!first) throw new Error('no delivery was due');
      return first;
    },
    end: ({ id, fence }, result = 'done') => harness.store.settleDelivery({ id, fence, result }),
    async kindsDelivered(handler = 'mail') {
      const kinds: FiscalEventKind[] = [];
      for (let round = 0; round < 20; round += 1) {
        const [next] = await words.deliveries({ handler, limit: 1 });
        if (!next) break;
        kinds.push(next.event.kind);
        await words.end(next);
      }
      return kinds;
    },
    raise: (delay, olderThanMs = 0, limit = 10) => harness.store.raise({ delay, olderThanMs, limit }),
  };
  return words;
}
