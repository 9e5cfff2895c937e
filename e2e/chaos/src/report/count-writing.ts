import type { JournalledReceipt } from '@fiscalkit/sandbox';

/** How many receipts the provider writes in each way, the commonest first. */
export function countWriting(receipts: readonly JournalledReceipt[]): Record<string, number> {
  const ways = Map.groupBy(
    receipts.flatMap(({ writing }) => writing),
    (way) => way,
  );
  const counts = [...ways].map(([way, struck]) => [way, struck.length] as const);
  return Object.fromEntries(counts.sort(([, one], [, other]) => other - one));
}
