import { FiscalError } from '@fiscalkit/schemas';

/** Where a provider's API lives. */
export interface BaseUrl {
  /** `https://host:port`. */
  readonly origin: string;
  /** What stands before every path of the API; empty, or with a leading and without a trailing slash. */
  readonly basePath: string;
}

/**
 * Reads the address of an API: http or https, perhaps with a path, nothing else. Throws a `FiscalError` with
 * `settings.base-url`; the address is not repeated, for it could hold a password.
 */
export function readBaseUrl(text: string): BaseUrl {
  const url = URL.parse(text);
  const isPlain = url !== null && `${url.origin}${url.pathname}` === url.href;
  if (!isPlain || !/^https?:$/.test(url.protocol)) {
    throw new FiscalError({
      code: 'settings.base-url',
      message: 'The base URL must be an http or https address without user, query and fragment.',
      retryable: false,
    });
  }
  return { origin: url.origin, basePath: url.pathname.replace(/\/+$/, '') };
}
