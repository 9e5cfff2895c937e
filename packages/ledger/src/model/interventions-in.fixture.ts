import { Observers } from '../entry/signals.js';
import { FinalWaiters } from '../services/final-waiters.js';
import { InterventionService } from '../services/intervention-service.js';
import type { LedgerContext } from '../services/ledger-context.js';
import { benchTime } from '../services/ledger-harness.fixture.js';
import { ListPlaces } from '../services/list-limits.js';
import { MerchantDirectory } from '../services/merchants.js';
import { PaymentService } from '../services/payment-service.js';
import { ReceiptService } from '../services/receipt-service.js';
import type { LedgerStore } from '../store/ledger-store.js';
import { merchantOf } from './handed-in-documents.fixture.js';
import type { World } from './world.fixture.js';

/** The service for people in the process of worker A, on the store of the world. */
export function interventionsIn(world: World, createId: () => string): InterventionService {
  const provider = world.providerOf(0);
  const merchants = new Set(world.scenario.plans.map(({ merchant }) => merchant));
  const observers = new Observers();
  const service: LedgerContext = {
    // The service uses the part of a store that a world has.
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
  return new InterventionService(service, {
    receipts: new ReceiptService(service),
    payments: new PaymentService(service),
  });
}
