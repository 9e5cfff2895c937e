import type { FiscalEventKind } from '../../entry/fiscal-event.js';
import type { DelayQuery, DeliveryQuery, DeliveryResult, EventDelivery } from '../event-store.js';
import { longLeaseMs, type StoreHarness } from './store-harness.fixture.js';

/** Shorthands for tests of a store's events. Without a name, the handler is `mail`. */
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

/** Returns the shorthands for the events of this harness's store. */
export function eventHarness(harness: StoreHarness): EventHarness {
  const mine = { handler: 'mail', limit: 10, leaseMs: longLeaseMs, worker: 'one' };
  const events: EventHarness = {
    subscribe: (handler, ...kinds) => harness.store.subscribe([{ handler, kinds }]),
    deliveries: (given) => harness.store.claimDeliveries({ ...mine, ...given }),
    async delivery(given) {
      const [first] = await events.deliveries(given);
      if (!first) throw new Error('no delivery was due');
      return first;
    },
    end: ({ id, fence }, result = 'done') => harness.store.settleDelivery({ id, fence, result }),
    async kindsDelivered(handler = 'mail') {
      const kinds: FiscalEventKind[] = [];
      for (let round = 0; round < 20; round += 1) {
        const [next] = await events.deliveries({ handler, limit: 1 });
        if (!next) break;
        kinds.push(next.event.kind);
        await events.end(next);
      }
      return kinds;
    },
    raise: (delay, olderThanMs = 0, limit = 10) => harness.store.raise({ delay, olderThanMs, limit }),
  };
  return events;
}
