const scheme = /^postgres(?:ql)?:\/\//;

/** A host as the driver would look it up, an address in brackets, a folder of sockets percent-encoded, or none; and a port. */
const place = /^(?:[\w.-]+|\[[\da-f:.]+\]|%2f[\w.%-]*|)(?::\d{1,5})?$/i;

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
  const hosts = authority.slice(authority.lastIndexOf('@') + 1);
  const { searchParams } = new URL(`postgres://host/?${behind.split('?')[1] ?? ''}`);
  if (hosts.includes(',') || searchParams.get('host')?.includes(',')) {
    return 'names several hosts: name one, such as that of a proxy or a name that follows the primary';
  }
  if (!place.test(hosts) || !URL.canParse(address.replace(scheme, 'postgres://'))) return encode;
  return null;
}
