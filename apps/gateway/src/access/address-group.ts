const mapped = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i;

/** The first four of eight groups of an IPv6 address, without leading zeros. */
function network(address: string): string {
  const [left = '', right] = address.split('%', 1).join('').split('::');
  const before = left === '' ? [] : left.split(':');
  const after = right ? right.split(':') : [];
  const zeros =
    right === undefined ? [] : Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0');
  return [...before, ...zeros, ...after]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}

/**
 * What an address counts as when callers are counted: an IPv4 address as itself, an IPv6 address as its network of 64 bits, since
 * whoever has one address of it has them all.
 */
export function addressGroup(address: string): string {
  const ipv4 = mapped.exec(address)?.[1];
  if (ipv4) return ipv4;
  return address.includes(':') ? `${network(address)}::/64` : address;
}
