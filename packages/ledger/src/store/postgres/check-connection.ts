import { FiscalError } from '@fiscalkit/schemas';
import { postgresAddressFault } from './address-fault.js';

function refuse(setting: string, message: string): never {
  throw new FiscalError({ code: `config.${setting}`, message, retryable: false });
}

/**
 * Throws a `FiscalError` with code `config.connection-string` or `config.pool` for a setting that is not there, or an address that can't
 * be used: the driver would go to localhost with the first, and may look a piece of the password up by name with the second.
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
