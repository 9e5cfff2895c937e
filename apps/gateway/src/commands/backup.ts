import { backupSqliteLedger } from '@fiscalkit/ledger';
import { noMoreThan, readArguments, UsageError } from './arguments.js';
import { ledgerArgument, ledgerFile } from './ledger-argument.js';
import { type Command, explain, Progress } from './terminal.js';

/** Copies an SQLite ledger while a gateway works on it. */
export const backup: Command = {
  name: 'backup',
  summary: 'copy an SQLite ledger, also while a gateway works on it',
  help: () =>
    [
      'Usage: fiscalkit-gateway backup [LEDGER_URL] FILE',
      '',
      'Copies an SQLite ledger into FILE, which must not be there yet; also while a gateway works on it. The copy holds',
      'everything that was accepted before it was made. LEDGER_URL is FISCALKIT_LEDGER_URL when absent.',
      'For a ledger in PostgreSQL use its own tools, and fiscalkit-gateway restored after putting a copy back.',
    ].join('\n'),
  async run(commandLine, terminal) {
    const { positionals } = readArguments(commandLine, {});
    noMoreThan(2, positionals);
    const [to, url] = [...positionals].reverse();
    if (to === undefined) throw new UsageError('FILE is missing');
    const path = ledgerFile(
      ledgerArgument(url, terminal),
      'a ledger in PostgreSQL is copied with its own tools, for example pg_dump',
    );
    const progress = new Progress(terminal);
    try {
      const { madeAt } = await backupSqliteLedger({
        path,
        to,
        onProgress: ({ remainingPages, totalPages }) =>
          progress.show(() => `copied ${totalPages - remainingPages} of ${totalPages} pages`),
      });
      progress.end();
      terminal.print(`copied ${path} to ${to}, as it was at ${madeAt.toISOString()}`);
      return 0;
    } catch (error) {
      progress.end();
      terminal.printError(`fiscalkit-gateway: can't copy ${path}: ${explain(error)}`);
      return 1;
    }
  },
};
