/** The reason of entries whose provider is not configured for the merchant: nothing is lost, they wait for the configuration. */
export const providerUnconfigured = {
  code: 'provider.unconfigured',
  message: 'The provider of this document is not configured for the merchant.',
} as const;

/** The reason of entries that may be known to another account than the one that is configured now: a person decides. */
export const accountChanged = {
  code: 'provider.account-changed',
  message:
    "The merchant's account with the provider is another now: a person decides what becomes of this document.",
} as const;

/** Codes of the reasons for which entries wait until the configuration is another or a person acts. */
export const accountReasonCodes: readonly string[] = [providerUnconfigured.code, accountChanged.code];

/** Whether an entry with this reason waits because of its account. */
export function isAccountReason(code: string): boolean {
  return accountReasonCodes.includes(code);
}
