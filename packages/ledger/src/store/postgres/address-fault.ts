const scheme = /^postgres(?:ql)?:\/\//;

/** A host as the driver would look it up, an address in brackets, a folder of sockets percent-encoded, or none; and a port. */
const place = /^(?:[\w.-]+|\[[\da-f:.]+\]|%2f[\w.%-]*|)(?::\d{0,5})?$/i;

const numberedPlace = /^[\w.-]+:\d+$/;

const encode =
  'holds a character that must be percent-encoded in a user or password, such as @ (%40), / (%2F), # (%23), ? (%3F) or % (%25)';

/**
 * What is wrong with the address of a PostgreSQL database, in words that quote none of it; `null` for one that can be used. An address
 * whose password is not encoded reads as another one: a piece of the password would be its host, and be looked up by name.
 */
export function postgresAddressFault(address: string): string | null {
  const found = scheme.exec(address);
  if (!found) return 'must be postgres://USER:PASSWORD@HOST:PORT/DATABASE';
  const rest = address.slice(found[0].length);
  const end = rest.search(/[/?#]/);
  const [authority, behind] = end === -1 ? [rest, ''] : [rest.slice(0, end), rest.slice(end)];
  if (behind.includes('@') || behind.includes('#') || /%(?![\da-f]{2})/i.test(rest)) return encode;
  const userEnd = authority.lastIndexOf('@') + 1;
  const hosts = authority.slice(userEnd);
  const { searchParams } = new URL(`postgres://host/?${behind.split('?')[1] ?? ''}`);
  if (hosts.includes(',') || searchParams.get('host')?.includes(',')) {
    return 'names several hosts: name one, such as that of a proxy or a name that follows the primary';
  }
  const [host = '', port = ''] = hosts.startsWith('[') ? [hosts] : hosts.split(':');
  if (numberedPlace.test(hosts) && Number(port) > 65535) return 'names a port above 65535';
  // With a host in the parameters alone, as for a folder of sockets, there is none for URL to find.
  const whole = `postgres://${authority.slice(0, userEnd)}${host === '' ? 'host' : ''}${hosts}${behind}`;
  if (!place.test(hosts) || !URL.canParse(whole)) return encode;
  return host === '' && !searchParams.get('host')
    ? 'names no host: the driver would go to this machine; name localhost, or a folder of sockets as ?host=/PATH'
    : null;
}
