import { FiscalError } from '@fiscalkit/schemas';

const printableAscii = /^[\x20-\x7e]{1,255}$/;

const ofCallers = 'key:';

/** Whether the key of an entry is one that the caller gave. */
export function isCallersKey(key: string): boolean {
  return key.startsWith(ofCallers);
}

/**
 * The key under which an entry is stored: the caller's own, or one derived from the content. The two never collide. Throws a
 * `FiscalError` with code `idempotency.key.format` unless the caller's key is 1–255 printable ASCII characters.
 */
export function idempotencyKey(callersKey: string | undefined, contentDigest: string): string {
  if (callersKey === undefined) return `content:${contentDigest}`;
  if (printableAscii.test(callersKey)) return ofCallers + callersKey;
  throw new FiscalError({
    code: 'idempotency.key.format',
    message: 'An idempotency key is 1 to 255 printable ASCII characters.',
    retryable: false,
  });
}
