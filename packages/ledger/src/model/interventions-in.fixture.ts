import { Observers } from '../entry/signals.js';
import { FinalWaiters } from '../services/final-waiters.js';
import { InterventionsDesk } from '../services/intervention-service.js';
import type { DeskParts } from '../services/ledger-context.js';
import { benchTime } from '../services/ledger-harness.fixture.js';
import { ListPlaces } from '../services/list-limits.js';
import { MerchantDirectory } from '../services/merchants.js';
import { PaymentsDesk } from '../services/payment-service.js';
import { ReceiptsDesk } from '../services/receipt-service.js';
import type { LedgerStore } from '../store/ledger-store.js';
import { merchantOf } from './handed-in-documents.fixture.js';
import type { World } from './world.fixture.js';

/** The desk for people in the process of worker A, on the store of the world. */
export function interventionsIn(world: World, createId: () => string): InterventionsDesk {
  const provider = world.providerOf(0);
  const merchants = new Set(world.scenario.plans.map(({ merchant }) => merchant));
  const observers = new Observers();
  const desk: DeskParts = {
    // The desk uses the part of a store that a world has.
    store: world.store as typeof world.store & LedgerStore,
    merchants: new MerchantDirectory(
      Array.from(merchants, (merchant) => merchantOf(merchant === undefined ? {} : { merchant }, provider)),
    ),
    observers,
    waiters: new FinalWaiters(observers),
    lists: new ListPlaces(),
    wake: () => {},
    clock: () => benchTime,
    createId,
  };
  return new InterventionsDesk(desk, {
    receipts: new ReceiptsDesk(desk),
    payments: new PaymentsDesk(desk),
  });
}
