import type { DatabaseSync } from 'node:sqlite';
import { prepareClaimDeliveries } from './claim-deliveries.js';
import { prepareRaise } from './raise-delays.js';
import { prepareSettleDelivery } from './settle-delivery.js';
import { prepareSubscribe } from './subscribe.js';

/** Prepares what is written for handlers of events. */
export function prepareEventOperations(database: DatabaseSync) {
  return {
    subscribe: prepareSubscribe(database),
    claim: prepareClaimDeliveries(database),
    settle: prepareSettleDelivery(database),
    raise: prepareRaise(database),
  };
}
