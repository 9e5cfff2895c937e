import { restoreSqliteLedger } from '@fiscalkit/ledger';
import { noMoreThan, optionLines, readArguments, timeArgument, UsageError } from './arguments.js';
import { ledgerArgument, ledgerFile, ledgerOptions } from './ledger-argument.js';
import { type Command, explain, Progress } from './terminal.js';

const options = {
  'repeats-until': ledgerOptions['repeats-until'],
  force: { type: 'boolean', help: 'put the copy back although it has faults' },
} as const;

/** Restores a copy of an SQLite ledger. */
export const restore: Command = {
  name: 'restore',
  summary: 'put a copy of an SQLite ledger back, without registering anything twice',
  help: () =>
    [
      'Usage: fiscalkit-gateway restore FILE [LEDGER_URL] [--repeats-until TIME] [--force]',
      '',
      'Checks the copy in FILE as verify does, puts it in the place of the ledger, and keeps the replaced ledger beside it. No',
      'gateway may run on the ledger meanwhile. Until --repeats-until, receipts that callers repeat are looked for at the provider',
      'before they are sent: they may have been registered after the copy was made.',
      'LEDGER_URL is FISCALKIT_LEDGER_URL when absent.',
      '',
      ...optionLines(options),
    ].join('\n'),
  async run(commandLine, terminal) {
    const { values, positionals } = readArguments(commandLine, options);
    noMoreThan(2, positionals);
    const [from, url] = positionals;
    if (from === undefined) throw new UsageError('FILE is missing');
    const path = ledgerFile(
      ledgerArgument(url, terminal),
      'a ledger in PostgreSQL is put back with its own tools; then say so: fiscalkit-gateway restored',
    );
    const until = values['repeats-until'];
    const repeatsUntil = until === undefined ? undefined : timeArgument('repeats-until', until);
    const progress = new Progress(terminal);
    try {
      const restored = await restoreSqliteLedger({
        from,
        path,
        ...(repeatsUntil && { repeatsUntil }),
        ...(values.force && { force: true }),
        onProgress: ({ rows, entries }) => progress.show(() => `checked ${rows} rows, ${entries} entries`),
      });
      progress.end();
      terminal.print(`restored ${path} as it was at ${restored.since.toISOString()}`);
      if (restored.replaced) terminal.print(`the replaced ledger is kept in ${restored.replaced}`);
      terminal.print(`repeats are looked for before they are sent until ${restored.until.toISOString()}`);
      return 0;
    } catch (error) {
      progress.end();
      terminal.printError(`fiscalkit-gateway: can't restore ${path}: ${explain(error)}`);
      return 1;
    }
  },
};
