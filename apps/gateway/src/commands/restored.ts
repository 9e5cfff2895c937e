import { existsSync } from 'node:fs';
import { createSqliteStore, type LedgerStore } from '@fiscalkit/ledger';
import { FiscalError } from '@fiscalkit/schemas';
import type { LedgerAddress } from '../configuration/ledger-address.js';
import { noMoreThan, optionLines, readArguments, timeArgument, UsageError } from './arguments.js';
import { ledgerArgument, ledgerName, ledgerOptions } from './ledger-argument.js';
import { type Command, explain } from './terminal.js';

const repeatsWithinMs = 72 * 3_600_000;

async function openStore(address: LedgerAddress, schema: string | undefined): Promise<LedgerStore> {
  if (address.store === 'postgres') {
    const { createPostgresStore } = await import('@fiscalkit/ledger/postgres');
    const { connectionString } = address;
    return createPostgresStore({ connectionString, allowFsyncOff: true, ...(schema && { schema }) });
  }
  if (existsSync(address.path)) return createSqliteStore({ path: address.path });
  throw new FiscalError({ code: 'ledger.missing', message: 'There is no such file.', retryable: false });
}

const options = {
  since: { type: 'string', value: 'TIME', help: 'when the copy was made, such as 2026-03-31T12:00:00Z' },
  'repeats-until': ledgerOptions['repeats-until'],
  schema: ledgerOptions.schema,
} as const;

/** Declares that a copy of a ledger was restored by other means than `restore`. */
export const restored: Command = {
  name: 'restored',
  summary: 'say that an old copy of a ledger was put back with other tools',
  help: () =>
    [
      'Usage: fiscalkit-gateway restored [LEDGER_URL] --since TIME [--repeats-until TIME] [--schema NAME]',
      '',
      'Run this after an old copy of a ledger was put back with other tools, and before a gateway starts on it. From then on,',
      'receipts that may have been registered after the copy was made are looked for at the provider before they are sent.',
      'LEDGER_URL is FISCALKIT_LEDGER_URL when absent.',
      '',
      ...optionLines(options),
    ].join('\n'),
  async run(commandLine, terminal) {
    const { values, positionals } = readArguments(commandLine, options);
    noMoreThan(1, positionals);
    if (values.since === undefined) throw new UsageError('--since is missing: when was the copy made?');
    const since = timeArgument('since', values.since);
    const given = values['repeats-until'];
    const until =
      given === undefined ? new Date(Date.now() + repeatsWithinMs) : timeArgument('repeats-until', given);
    const address = ledgerArgument(positionals[0], terminal);
    try {
      const store = await openStore(address, values.schema);
      await store.declareRestored({ since, until }).finally(() => store.close());
      terminal.print(`noted: ${ledgerName(address)} is a copy as of ${since.toISOString()}`);
      terminal.print(`repeats are looked for before they are sent until ${until.toISOString()}`);
      return 0;
    } catch (error) {
      terminal.printError(`fiscalkit-gateway: can't note that in ${ledgerName(address)}: ${explain(error)}`);
      return 1;
    }
  },
};
