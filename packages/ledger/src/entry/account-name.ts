import type { Provider } from '@fiscalkit/client';

type Described = Pick<Provider, 'name' | 'account'>;

/**
 * The name under which the ledger keeps a provider's account: `542088@https://api.freedompay.uz`. Where the provider knows no
 * merchants, each of ours counts as an account of its own: `:shop@https://api.fiscalbox.uz`.
 */
export function accountName({ account }: Described, merchant: string): string {
  return `${holderOf(account.merchantId, merchant)}@${account.address}`;
}

/**
 * What stands before the ordering keys of an account. The address is no part of it: documents of one payment stay in order when
 * the provider moves.
 */
export function accountScope({ name, account }: Described, merchant: string): string {
  return `${name}:${holderOf(account.merchantId, merchant)}`;
}

/** Whether the account is that of the provider's merchant, at whatever address. */
export function isAccountOf(account: string, provider: Described, merchant: string): boolean {
  return account.startsWith(`${holderOf(provider.account.merchantId, merchant)}@`);
}

/** Whether the account was named by a ledger that knew of none: `:shop@freedompay`. */
export function namesNoAddress(account: string, provider: string): boolean {
  return account.endsWith(`@${provider}`);
}

/** Encoded, so that neither the colon nor the at sign can be part of an id. */
function holderOf(merchantId: string | null, merchant: string): string {
  return merchantId === null ? `:${encodeURIComponent(merchant)}` : encodeURIComponent(merchantId);
}
