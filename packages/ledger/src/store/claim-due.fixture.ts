import type { BacklogName, Claim, ClaimQuery, LedgerStore } from './ledger-store.js';

/** What a claim of whatever is due asks for. */
export interface DueQuery extends Omit<ClaimQuery, 'shares'> {
  readonly limit: number;
  /** Whose entries may be due, where that is known. */
  readonly names?: readonly BacklogName[];
}

/** Claims so many due entries of a provider, whosever they are. */
export async function claimDue(
  store: Pick<LedgerStore, 'claim' | 'waiting'>,
  { limit, names, ...query }: DueQuery,
): Promise<Claim[]> {
  const claims: Claim[] = [];
  for (const { account, merchant } of names ?? (await store.waiting(query.provider))) {
    const left = limit - claims.length;
    if (left > 0)
      claims.push(...(await store.claim({ ...query, shares: [{ account, merchant, limit: left }] })));
  }
  return claims;
}

/** Milliseconds until an entry of a provider is due that waits for no other; `null` when none waits. */
export async function nextDueInMs(
  store: Pick<LedgerStore, 'waiting'>,
  provider: string,
): Promise<number | null> {
  const waits = await store.waiting(provider, await store.waiting(provider));
  return waits.length === 0 ? null : Math.min(...waits.map(({ dueInMs }) => dueInMs));
}
