import { type AuditSource, type NotedSeal, openSqliteAudit, verifyLedger } from '@fiscalkit/ledger';
import type { LedgerAddress } from '../configuration/ledger-address.js';
import { auditJson, auditText } from './audit-text.js';
import type { Command } from './command.js';
import { explain } from './explain.js';
import { ledgerArgument, ledgerName } from './ledger-argument.js';
import { noMoreThan } from './no-more-than.js';
import { Progress } from './progress.js';
import { readArguments } from './read-arguments.js';
import { UsageError } from './usage-error.js';

const notedSeal = /^(\d{1,15}):([\da-f]{64})$/;

function sealOf(text: string): NotedSeal {
  const [, number, hash = ''] = notedSeal.exec(text) ?? [];
  if (number === undefined) {
    throw new UsageError('--seal must be the number and the hash of a seal, as verify prints them: 12:3f9a…');
  }
  return { number: Number(number), hash };
}

async function openAudit(address: LedgerAddress, schema: string | undefined): Promise<AuditSource> {
  if (address.store === 'sqlite') return openSqliteAudit(address.path);
  const { openPostgresAudit } = await import('@fiscalkit/ledger/postgres');
  return openPostgresAudit({ connectionString: address.connectionString, ...(schema && { schema }) });
}

/** Checks a ledger's journal, seals and entries against each other. */
export const verify: Command = {
  name: 'verify',
  summary: 'check that nothing in a ledger was changed, removed or put in another order',
  help: () =>
    [
      'Usage: fiscalkit-gateway verify [LEDGER_URL] [--schema NAME] [--seal N:HASH] [--json]',
      '',
      "Walks the chains and seals of a ledger's journal, and checks ledger and journal against each other. It only reads, and may",
      'run beside a gateway. Names the first bad row. LEDGER_URL is FISCALKIT_LEDGER_URL when absent.',
      '',
      '  --schema NAME   schema of the ledger in PostgreSQL',
      '  --seal N:HASH   a seal that was noted earlier must still be there as it was',
      '  --json          print the report as one JSON object',
      '',
      'Exit status: 0 clean, 1 faults, 2 could not be checked',
    ].join('\n'),
  async run(commandLine, terminal) {
    const { values, positionals } = readArguments(commandLine, {
      schema: { type: 'string' },
      seal: { type: 'string' },
      json: { type: 'boolean' },
    });
    noMoreThan(1, positionals);
    const address = ledgerArgument(positionals[0], terminal);
    const seal = values.seal === undefined ? undefined : sealOf(values.seal);
    const progress = new Progress(terminal);
    try {
      const source = await openAudit(address, values.schema);
      const report = await verifyLedger(source, {
        ...(seal && { seal }),
        onProgress: ({ rows, entries }) => progress.tell(() => `checked ${rows} rows, ${entries} entries`),
      }).finally(() => source.close());
      progress.end();
      terminal.print(values.json ? auditJson(report) : auditText(report));
      return report.ok ? 0 : 1;
    } catch (error) {
      progress.end();
      terminal.tell(`fiscalkit-gateway: can't check ${ledgerName(address)}: ${explain(error)}`);
      return 2;
    }
  },
};
