/**
 * Returns a provider's own words without the secrets of a call that they may quote, before they are cut and
 * masked otherwise.
 */
export function withoutSecrets(text: string | null | undefined, secrets: readonly string[]): string | null {
  if (typeof text !== 'string') return null;
  const quoted = secrets
    .filter((secret) => secret !== '')
    .toSorted((one, other) => other.length - one.length)
    .map((secret) => secret.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
  return quoted.length === 0 ? text : text.replace(new RegExp(quoted.join('|'), 'giu'), '***');
}

/** Least length of the last part of an address that is taken for a token in it. */
const leastToken = 16;

/** Returns the token in the address of a document's callbacks, which a provider may quote and nobody may read. */
export function tokensIn(callbackUrl: string | undefined): string[] {
  const token = callbackUrl?.split('/').at(-1) ?? '';
  return token.length < leastToken ? [] : [token];
}
