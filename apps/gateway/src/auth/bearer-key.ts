import { FiscalError } from '@fiscalkit/schemas';

const bearer = /^Bearer +([\x21-\x7e]{1,512})$/i;

/** Returns the key in `Authorization: Bearer`. Throws `access.key.missing` or `access.key.invalid`. */
export function bearerKey(authorization: string | undefined): string {
  if (authorization === undefined) {
    throw new FiscalError({
      code: 'access.key.missing',
      message: 'The request has no Authorization: Bearer.',
      retryable: false,
    });
  }
  return bearer.exec(authorization)?.[1] ?? unknownKey();
}

/** Throws the error for an unknown key. */
export function unknownKey(): never {
  throw new FiscalError({
    code: 'access.key.invalid',
    message: 'The API key is not known.',
    retryable: false,
  });
}
