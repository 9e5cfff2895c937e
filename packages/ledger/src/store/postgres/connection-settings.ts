import { FiscalError } from '@fiscalkit/schemas';

function refuse(setting: string, message: string): never {
  throw new FiscalError({ code: `config.${setting}`, message, retryable: false });
}

/**
 * Throws a `FiscalError` with code `config.connection-string` or `config.pool` for a setting that is not
 * there, or an address that can't be used: the driver would go to localhost with the first, and may look a
 * piece of the password up by name with the second.
 */
export function checkConnection(
  settings: { readonly connectionString?: unknown } | { readonly pool: unknown },
): void {
  if ('pool' in settings) {
    if (typeof settings.pool !== 'object' || settings.pool === null) {
      refuse('pool', 'pool is missing: it must be a pool of pg.');
    }
    return;
  }
  const { connectionString } = settings;
  if (typeof connectionString !== 'string' || connectionString === '') {
    refuse(
      'connection-string',
      'connectionString is missing: it must be postgres://USER:PASSWORD@HOST:PORT/DATABASE.',
    );
  }
  const fault = postgresAddressFault(connectionString);
  if (fault !== null) refuse('connection-string', `connectionString ${fault}.`);
}

const scheme = /^postgres(?:ql)?:\/\//;

/**
 * A host as the driver would look it up, an address in brackets, a folder of sockets percent-encoded, or
 * none; and a port.
 */
const place = /^(?:[\w.-]+|\[[\da-f:.]+\]|%2f[\w.%-]*|)(?::\d{0,5})?$/i;

const numberedPlace = /^[\w.-]+:\d+$/;

const encode =
  'holds a character that must be percent-encoded in a user or password, such as @ (%40), / (%2F), # (%23), ? (%3F) or % (%25)';

/**
 * What is wrong with the address of a PostgreSQL database, in words that quote none of it; `null` for one
 * that can be used. An address whose password is not encoded reads as another one: a piece of the password
 * would be its host, and be looked up by name.
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
