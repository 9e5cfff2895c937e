import type { LedgerUnderTest } from './ledger-under-test.js';
import { merchants } from './merchants.js';
import { dayMs, periodDays } from './period.js';
import type { Stopwatch } from './stopwatch.js';

/** The page that the receipts list answers when nobody says otherwise. */
const firstPage = { operation: 'receipt', offset: 0, limit: 20 } as const;

/** Gets a receipt, and lists a merchant's newest receipts, and those of a day. */
export async function read(
  { store, finished }: LedgerUnderTest,
  stopwatch: Stopwatch,
  round: number,
): Promise<void> {
  const receipt = finished[round % finished.length];
  if (!receipt) throw new Error('there are no finished receipts');
  const found = await stopwatch.time('get', () => store.get(receipt.merchant, receipt.id));
  if (!found) throw new Error(`receipt ${receipt.id} is not there`);

  const merchant = merchants[round % merchants.length] ?? '';
  const newest = await stopwatch.time('list', () => store.list({ merchant, ...firstPage }));
  const acceptedFrom = new Date(Date.now() - (2 + (round % (periodDays - 3))) * dayMs);
  const acceptedBefore = new Date(acceptedFrom.getTime() + dayMs);
  const ofDay = await stopwatch.time('list of a day', () =>
    store.list({ merchant, acceptedFrom, acceptedBefore, ...firstPage }),
  );
  if (newest.length + ofDay.length !== 2 * firstPage.limit) throw new Error('a page is not full');
}
