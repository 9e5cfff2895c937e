import type { LookupFunction } from 'node:net';
import { addressKind } from './address-kind.js';

/** Error for a name that resolves to a forbidden address. */
export class AddressRefusal extends Error {
  override readonly name = 'AddressRefusal';
}

/**
 * Wraps a resolver so that names lead to the internet alone. It returns the addresses that are then connected
 * to, so a name that changes its answer gains nothing; one address that is not public refuses them all.
 * `localhost` is allowed: it leads to this machine and nowhere else.
 */
export function guardLookup(lookup: LookupFunction): LookupFunction {
  return (name, options, done) => {
    const wanted = name === 'localhost' ? 'loopback' : 'public';
    lookup(name, options, (error, address, family) => {
      const addresses =
        typeof address === 'string' ? [address] : (address?.map((each) => each.address) ?? []);
      const isRefused = !error && addresses.some((each) => addressKind(each) !== wanted);
      done(isRefused ? new AddressRefusal('The name leads to a private address.') : error, address, family);
    });
  };
}
