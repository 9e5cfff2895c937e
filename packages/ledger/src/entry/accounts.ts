import type { Provider } from '@fiscalkit/client';

type Described = Pick<Provider, 'name' | 'account'>;

/**
 * Returns the name under which the ledger keeps a provider's account: `542088@https://api.freedompay.uz`.
 * Where the provider knows no merchants, each of ours counts as an account of its own:
 * `:shop@https://api.fiscalbox.uz`.
 */
export function accountName({ account }: Described, merchant: string): string {
  return `${holderOf(account.merchantId, merchant)}@${account.address}`;
}

/**
 * Returns the prefix of the ordering keys of an account. The address is no part of it: documents of one
 * payment stay in order when the provider moves.
 */
export function accountScope({ name, account }: Described, merchant: string): string {
  return `${name}:${holderOf(account.merchantId, merchant)}`;
}

/** Whether the account belongs to the provider's merchant, at whatever address. */
export function isAccountOf(account: string, provider: Described, merchant: string): boolean {
  return account.startsWith(`${holderOf(provider.account.merchantId, merchant)}@`);
}

/** Whether the account was named by a ledger from before accounts: `:shop@freedompay`. */
export function namesNoAddress(account: string, provider: string): boolean {
  return account.endsWith(`@${provider}`);
}

/** Encodes an id, so that neither the colon nor the at sign can be part of it. */
function holderOf(merchantId: string | null, merchant: string): string {
  return merchantId === null ? `:${encodeURIComponent(merchant)}` : encodeURIComponent(merchantId);
}

/** Reason of entries whose provider is not configured for the merchant: they wait, nothing is lost. */
export const providerUnconfigured = {
  code: 'provider.unconfigured',
  message: 'The provider of this document is not configured for the merchant.',
} as const;

/** Reason of entries that may be known to another account than the configured one: an operator decides. */
export const accountChanged = {
  code: 'provider.account-changed',
  message:
    "The merchant's account with the provider is another now: a person decides what becomes of this document.",
} as const;

/** Codes of the reasons for which entries wait until the configuration changes or an operator intervenes. */
export const accountReasonCodes: readonly string[] = [providerUnconfigured.code, accountChanged.code];

/** Whether an entry with this reason waits because of its account. */
export function isAccountReason(code: string): boolean {
  return accountReasonCodes.includes(code);
}

/**
 * Name of the provider and the account of receipts that another system registered. No account of a provider has
 * it: those have an address. So the account says what such a receipt is, whatever a provider is called.
 */
export const registerOfOthers = 'other-system';
