import { Observers } from '../entry/signals.js';
import { CorrectionService } from '../services/correction-service.js';
import { FinalWaiters } from '../services/final-waiters.js';
import { InterventionService } from '../services/intervention-service.js';
import type { LedgerContext } from '../services/ledger-context.js';
import { testTime } from '../services/ledger-harness.fixture.js';
import { ListPlaces } from '../services/list-limits.js';
import { MerchantDirectory } from '../services/merchants.js';
import { PaymentService } from '../services/payment-service.js';
import { ReceiptService } from '../services/receipt-service.js';
import { Turns } from '../services/turns.js';
import type { LedgerStore } from '../store/ledger-store.js';
import type { Model } from './model.fixture.js';
import { merchantOf } from './prepared-documents.fixture.js';

/** Creates the intervention service of worker A's process, on the store of the model. */
export function interventionsIn(model: Model, createId: () => string): InterventionService {
  const provider = model.providerOf(0);
  const merchants = new Set(model.scenario.plans.map(({ merchant }) => merchant));
  const observers = new Observers();
  const service: LedgerContext = {
    // The service uses only the part of a store that the model has.
    store: model.store as typeof model.store & LedgerStore,
    merchants: new MerchantDirectory(
      Array.from(merchants, (merchant) => merchantOf(merchant === undefined ? {} : { merchant }, provider)),
    ),
    observers,
    waiters: new FinalWaiters(observers),
    lists: new ListPlaces(),
    paymentTurns: new Turns(),
    wake: () => {},
    callbackUrlOf: () => undefined,
    clock: () => testTime,
    createId,
  };
  return new InterventionService(service, {
    receipts: new ReceiptService(service),
    corrections: new CorrectionService(service),
    payments: new PaymentService(service),
  });
}
