import { type LedgerAddress, ledgerAddress, ledgerUrlFault } from '../configuration/ledger-address.js';
import { readSecret } from '../configuration/secret.js';
import { UsageError } from './arguments.js';
import type { Terminal } from './terminal.js';

const variable = 'FISCALKIT_LEDGER_URL';

/** Options of the commands that work on a ledger. */
export const ledgerOptions = {
  schema: { type: 'string', value: 'NAME', help: 'schema of the ledger in PostgreSQL' },
  'repeats-until': {
    type: 'string',
    value: 'TIME',
    help: 'until when callers may repeat what the copy does not have (72 hours from now)',
  },
} as const;

function urlOfEnvironment({ environment }: Terminal): string {
  const file = environment[`${variable}_FILE`];
  const secret = readSecret(file ? { file } : { env: variable }, environment);
  if ('value' in secret) return secret.value;
  throw new UsageError(`LEDGER_URL is missing, and ${secret.fault}`);
}

/** Returns the ledger that an argument or `FISCALKIT_LEDGER_URL` names: a configured URL or a path. */
export function ledgerArgument(argument: string | undefined, terminal: Terminal): LedgerAddress {
  const url = argument ?? urlOfEnvironment(terminal);
  const address = ledgerAddress(url);
  if (address) return address;
  if (/^(?:sqlite|postgres(?:ql)?):\/\//.test(url)) throw new UsageError(`LEDGER_URL ${ledgerUrlFault(url)}`);
  // Neither is a path: an address of PostgreSQL would be taken for a file, and printed with its password.
  if (url === '' || url.includes('://') || /^\W*postgres\w*:/i.test(url)) {
    throw new UsageError(
      'LEDGER_URL must be sqlite:PATH, a path, or postgres://USER:PASSWORD@HOST:PORT/DATABASE',
    );
  }
  return { store: 'sqlite', path: url };
}

/** Returns the file of a ledger, for commands that are for SQLite alone. */
export function ledgerFile(address: LedgerAddress, otherwise: string): string {
  if (address.store === 'sqlite') return address.path;
  throw new UsageError(otherwise);
}

/** Names a ledger in output, never with a password. */
export function ledgerName(address: LedgerAddress): string {
  if (address.store === 'sqlite') return address.path;
  const { host, pathname } = URL.parse(address.connectionString) ?? { host: '', pathname: '' };
  return `postgres://${host}${pathname}`;
}
