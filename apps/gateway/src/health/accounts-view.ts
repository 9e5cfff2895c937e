import type { TroubledAccount } from '@fiscalkit/ledger';

/** How many accounts are shown at most: thousands may be in trouble at once. */
const mostShown = 20;

/** The accounts that calls are kept from, and how many they are; nothing while there are none. */
export function accountsView(accounts: readonly TroubledAccount[]) {
  if (accounts.length === 0) return {};
  const first = accounts.slice(0, mostShown).map(({ provider, account, breaker, pausedMs }) => ({
    provider,
    account,
    breaker,
    paused_ms: pausedMs,
  }));
  return { accounts: { troubled: accounts.length, first } };
}
