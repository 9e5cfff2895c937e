import { isIP } from 'node:net';
import { FiscalError } from '@fiscalkit/schemas';
import { addressKind } from './address-kind.js';

/** Address of a provider's API. */
export interface BaseUrl {
  /** `https://host:port`. */
  readonly origin: string;
  /** Path before every path of the API; empty, or with a leading and without a trailing slash. */
  readonly basePath: string;
}

/** Permission for addresses in a base URL. */
interface AddressPermission {
  readonly allowPrivateAddresses?: boolean | undefined;
  /**
   * Whether it is given by somebody who may reach nothing but the internet from here: then an address in digits
   * is taken for no intention, and `localhost` is no host. `false` by default.
   */
  readonly isForeign?: boolean | undefined;
}

/**
 * Parses the address of an API: http or https, perhaps with a path, nothing else. An IP address in it is
 * intended, a private one too, but for those that nobody intends (link-local, unspecified, multicast,
 * reserved) unless they are allowed. Throws a `FiscalError` with `settings.base-url`; the address is not
 * repeated, for it could hold a password.
 */
export function readBaseUrl(
  text: string,
  { allowPrivateAddresses = false, isForeign = false }: AddressPermission = {},
): BaseUrl {
  const url = URL.parse(text);
  const isPlain = url !== null && `${url.origin}${url.pathname}` === url.href;
  if (!isPlain || !/^https?:$/.test(url.protocol)) {
    throw refusal('The base URL must be an http or https address without user, query and fragment.');
  }
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (!allowPrivateAddresses && isIP(host) !== 0 && addressKind(host) === 'special') {
    throw refusal(
      'The base URL holds a link-local, multicast or reserved address, which must be allowed first.',
    );
  }
  if (!allowPrivateAddresses && isForeign && !isOfInternet(host)) {
    throw refusal('The base URL must lead to the internet.');
  }
  return { origin: url.origin, basePath: url.pathname.replace(/\/+$/, '') };
}

/** Whether a host may be one of the internet: a name is looked up when it is connected to. */
function isOfInternet(host: string): boolean {
  return isIP(host) === 0 ? host !== 'localhost' : addressKind(host) === 'public';
}

function refusal(message: string): FiscalError {
  return new FiscalError({ code: 'settings.base-url', message, retryable: false });
}
