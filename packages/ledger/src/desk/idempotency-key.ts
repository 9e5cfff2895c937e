import { FiscalError } from '@fiscalkit/schemas';

const printableAscii = /^[\x20-\x7e]{1,255}$/;

const ofCallers = 'key:';

/** Whether the key of an entry is one that the caller gave. */
export function isCallersKey(key: string): boolean {
  return key.startsWith(ofCallers);
}

/** Whether a caller gave no key. */
export function isNoKey(callersKey: string | null | undefined): callersKey is null | undefined {
  return callersKey === undefined || callersKey === null;
}

/**
 * The key under which an entry is stored: the caller's own, or one derived from the content. The two never collide. Throws a
 * `FiscalError` with code `idempotency.key.format` unless the caller's key is 1–255 printable ASCII characters.
 */
export function idempotencyKey(callersKey: string | null | undefined, contentDigest: string): string {
  // Callers without types say null where they have none: as a text it would be one key for all of them.
  if (isNoKey(callersKey)) return `content:${contentDigest}`;
  if (typeof callersKey === 'string' && printableAscii.test(callersKey)) return ofCallers + callersKey;
  throw new FiscalError({
    code: 'idempotency.key.format',
    message: 'An idempotency key is 1 to 255 printable ASCII characters.',
    retryable: false,
  });
}
