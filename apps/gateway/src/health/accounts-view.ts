import type { TroubledAccount } from '@fiscalkit/ledger';

/** How many accounts, and merchants of one, are shown at most: thousands may be in trouble at once. */
const mostShown = 20;

/** The accounts that calls are kept from or that refuse a key, and how many they are; nothing while there are none. */
export function accountsView(accounts: readonly TroubledAccount[]) {
  if (accounts.length === 0) return {};
  const first = accounts
    .slice(0, mostShown)
    .map(({ provider, account, breaker, pausedMs, refusedKeysOf }) => ({
      provider,
      account,
      breaker,
      paused_ms: pausedMs,
      ...(refusedKeysOf.length > 0 && { refused_keys_of: refusedKeysOf.slice(0, mostShown) }),
    }));
  return { accounts: { troubled: accounts.length, first } };
}
