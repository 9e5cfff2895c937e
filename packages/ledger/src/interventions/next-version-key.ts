/** How the keys of entries begin that rejected ones were handed in again as. No caller's key and no derived key does. */
export const versionPrefix = 'version:';

/**
 * The idempotency key of the entry that a rejected entry is handed in again as. It follows from the rejected entry's id alone, so
 * there is one at most.
 */
export function nextVersionKey(entryId: string): string {
  return `${versionPrefix}${entryId}`;
}

/** Id of the rejected entry that an entry with this idempotency key was before; `null` for one that is its own first version. */
export function previousVersion(idempotencyKey: string): string | null {
  return idempotencyKey.startsWith(versionPrefix) ? idempotencyKey.slice(versionPrefix.length) : null;
}
