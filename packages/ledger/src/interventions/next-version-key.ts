/**
 * The idempotency key of the entry that a rejected entry is handed in again as. It follows from the rejected entry's id alone, so
 * there is one at most; no caller's key and no derived key looks like it.
 */
export function nextVersionKey(entryId: string): string {
  return `version:${entryId}`;
}
