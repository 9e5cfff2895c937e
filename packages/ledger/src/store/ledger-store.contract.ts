import { describe } from 'vitest';
import { describeAccept } from './contract/accept.contract.js';
import { describeAcceptTogether } from './contract/accept-together.contract.js';
import { describeAccounts } from './contract/accounts.contract.js';
import { describeClaim } from './contract/claim.contract.js';
import { describeDelays } from './contract/delays.contract.js';
import { describeDeliveries } from './contract/deliveries.contract.js';
import { describeDependents } from './contract/dependents.contract.js';
import { describeEntryIndex } from './contract/entry-index.contract.js';
import { describeEventLog } from './contract/event-log.contract.js';
import { describeEventReaders } from './contract/event-readers.contract.js';
import { describeEventTransitions } from './contract/event-transitions.contract.js';
import { describeHeldEntries } from './contract/held-entries.contract.js';
import { describeHint } from './contract/hint.contract.js';
import { describeInterleavedInterventions } from './contract/interleaved-interventions.contract.js';
import { describeInterventions } from './contract/interventions.contract.js';
import { describeJournal } from './contract/journal.contract.js';
import { describeLease } from './contract/lease.contract.js';
import { describeListing } from './contract/listing.contract.js';
import { describeReading } from './contract/reading.contract.js';
import { describeReceiptReads } from './contract/receipt-reads.contract.js';
import { describeRestored } from './contract/restored.contract.js';
import { describeSettle } from './contract/settle.contract.js';
import type { OpenStore } from './contract/store-harness.fixture.js';
import { describeSubscriptions } from './contract/subscriptions.contract.js';

/**
 * Proves that a store keeps the promises of `LedgerStore`. `open` gives an empty store; the suite closes it.
 */
export function describeLedgerStore(name: string, open: OpenStore): void {
  describe(`${name} as a ledger store`, () => {
    describeAccept(open);
    describeAcceptTogether(open);
    describeClaim(open);
    describeAccounts(open);
    describeLease(open);
    describeSettle(open);
    describeHint(open);
    describeDependents(open);
    describeHeldEntries(open);
    describeReading(open);
    describeListing(open);
    describeReceiptReads(open);
    describeJournal(open);
    describeEventTransitions(open);
    describeSubscriptions(open);
    describeDeliveries(open);
    describeDelays(open);
    describeEventLog(open);
    describeEventReaders(open);
    describeEntryIndex(open);
    describeInterventions(open);
    describeInterleavedInterventions(open);
    describeRestored(open);
  });
}
