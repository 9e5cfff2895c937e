import { openSqliteReceipts, type ReceiptReader } from '@fiscalkit/ledger';
import { isFiscalError } from '@fiscalkit/schemas';
import type { Configuration } from '../configuration/configuration.js';
import type { LedgerAddress } from '../configuration/ledger-address.js';
import { loadConfiguration } from '../configuration/load-configuration.js';
import { timeArgument, UsageError } from './arguments.js';
import { ledgerOptions } from './ledger-argument.js';
import type { Terminal } from './terminal.js';

/** Options of the commands that read receipts. */
export const receiptOptions = {
  merchant: { type: 'string', value: 'ID', help: "whose receipts (the configuration's only merchant)" },
  from: {
    type: 'string',
    value: 'TIME',
    help: 'first time of the window, such as 2026-03-31T00:00:00+03:00',
  },
  to: { type: 'string', value: 'TIME', help: 'end of the window, which is not in it' },
  schema: ledgerOptions.schema,
} as const;

/** Opens the receipts of a ledger for reading, also beside a gateway. */
export async function openReceipts(
  address: LedgerAddress,
  schema: string | undefined,
): Promise<ReceiptReader> {
  if (address.store === 'sqlite') return openSqliteReceipts(address.path);
  const { openPostgresReceipts } = await import('@fiscalkit/ledger/postgres');
  return openPostgresReceipts({ connectionString: address.connectionString, ...(schema && { schema }) });
}

/** Returns the named merchant, or the configuration's only one. */
export function merchantArgument(named: string | undefined, { environment }: Terminal): string {
  if (named === '') throw new UsageError('--merchant must be the id of a merchant');
  if (named !== undefined) return named;
  const merchants = configured(environment)?.merchants ?? [];
  const [only] = merchants;
  if (only && merchants.length === 1) return only.id;
  throw new UsageError('--merchant is missing, and the configuration does not name exactly one merchant');
}

function configured(environment: Terminal['environment']): Configuration | null {
  try {
    return loadConfiguration(environment);
  } catch (error) {
    if (isFiscalError(error)) return null;
    throw error;
  }
}

/** Returns the window of two options. */
export function windowArgument({ from, to }: { readonly from?: string; readonly to?: string }) {
  if (from === undefined || to === undefined) throw new UsageError('--from and --to are both needed');
  const window = { from: timeArgument('from', from), to: timeArgument('to', to) };
  if (window.from < window.to) return window;
  throw new UsageError('--to must be later than --from');
}
