import type { ClaimShare, NewEntry } from '@fiscalkit/ledger';
import type { LedgerUnderTest } from './ledger-under-test.js';
import { registered } from './registration.js';
import type { Stopwatch } from './stopwatch.js';

/** Accepts, claims and settles so many new receipts at once. */
export async function deliver(
  { store, newEntry }: LedgerUnderTest,
  stopwatch: Stopwatch,
  receipts: number,
): Promise<void> {
  const entries = Array.from({ length: receipts }, newEntry);
  const name = (verb: string) => (receipts === 1 ? verb : `${verb} ${receipts} at once`);
  const [provider = ''] = entries.map((entry) => entry.provider);
  const query = { provider, shares: sharesOf(entries), leaseMs: 60_000, worker: 'bench' };

  await stopwatch.time(
    name('accept'),
    () => Promise.all(entries.map((entry) => store.accept(entry))),
    receipts,
  );
  const claims = await stopwatch.time(name('claim'), () => store.claim(query), receipts);
  if (claims.length !== receipts) throw new Error(`claimed ${claims.length} of ${receipts} entries`);
  const settlements = claims.map(({ entry, fence }) => ({ id: entry.id, fence, transition: registered() }));
  await stopwatch.time(
    name('settle'),
    () => Promise.all(settlements.map((settlement) => store.settle(settlement))),
    receipts,
  );
}

/** One share for each account and merchant, of all its entries. */
function sharesOf(entries: readonly NewEntry[]): ClaimShare[] {
  const shares = new Map<string, ClaimShare>();
  for (const { account, merchant } of entries) {
    const limit = (shares.get(`${account} ${merchant}`)?.limit ?? 0) + 1;
    shares.set(`${account} ${merchant}`, { account, merchant, limit });
  }
  return Array.from(shares.values());
}
