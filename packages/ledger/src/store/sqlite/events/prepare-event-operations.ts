import type { DatabaseSync } from 'node:sqlite';
import { prepareClaimDeliveries } from './claim-deliveries.js';
import { prepareNextDelivery } from './next-delivery.js';
import { prepareRaise } from './raise-delays.js';
import { prepareSettleDelivery } from './settle-delivery.js';
import { prepareSubscribe } from './subscribe.js';

/** Prepares all that handlers of events need of the store. */
export function prepareEventOperations(database: DatabaseSync) {
  return {
    subscribe: prepareSubscribe(database),
    claim: prepareClaimDeliveries(database),
    settle: prepareSettleDelivery(database),
    raise: prepareRaise(database),
    nextInMs: prepareNextDelivery(database),
  };
}
