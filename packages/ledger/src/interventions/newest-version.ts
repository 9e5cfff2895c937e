import type { Entry } from '../entry/entry.js';
import type { LedgerStore } from '../store/ledger-store.js';

/** What a rejected entry was handed in again as, and that again, as far as it goes; every other entry is its own newest version. */
export async function newestVersion(store: Pick<LedgerStore, 'successor'>, entry: Entry): Promise<Entry> {
  let newest = entry;
  while (newest.state === 'rejected') {
    const successor = await store.successor(newest);
    if (successor === null) break;
    newest = successor;
  }
  return newest;
}
