import type { LedgerStore } from '@fiscalkit/ledger';
import { deliver } from './deliver.js';
import { entryMaker } from './ledger-under-test.js';
import { Stopwatch } from './stopwatch.js';

/** Brings one receipt to its end in an empty ledger: the real rows that the others are copied from. */
export async function addTemplate(store: LedgerStore): Promise<void> {
  const ledger = { name: 'template', store, finished: [], newEntry: entryMaker(store) };
  await deliver(ledger, new Stopwatch(), 1);
}
