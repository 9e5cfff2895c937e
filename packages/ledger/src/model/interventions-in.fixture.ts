import type { DeskParts } from '../desk/desk-parts.js';
import { FinalWaiters } from '../desk/final-waiters.js';
import { benchTime } from '../desk/ledger-bench.fixture.js';
import { ListPlaces } from '../desk/list-places.js';
import { MerchantDirectory } from '../desk/merchant-directory.js';
import { PaymentsDesk } from '../desk/payments-desk.js';
import { ReceiptsDesk } from '../desk/receipts-desk.js';
import { InterventionsDesk } from '../interventions/interventions-desk.js';
import { Observers } from '../observation/observers.js';
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
