import {
  type AuditFault,
  type AuditReport,
  type AuditSource,
  type NotedSeal,
  openSqliteAudit,
  verifyLedger,
} from '@fiscalkit/ledger';
import type { LedgerAddress } from '../configuration/ledger-address.js';
import { noMoreThan, optionLines, readArguments, UsageError } from './arguments.js';
import { ledgerArgument, ledgerName, ledgerOptions } from './ledger-argument.js';
import { type Command, explain, Progress } from './terminal.js';

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

const options = {
  schema: ledgerOptions.schema,
  seal: {
    type: 'string',
    value: 'N:HASH',
    help: 'a seal that was noted earlier must still be there as it was',
  },
  json: { type: 'boolean', help: 'print the report as one JSON object' },
} as const;

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
      ...optionLines(options),
      '',
      'Exit status: 0 clean, 1 faults, 2 could not be checked',
    ].join('\n'),
  async run(commandLine, terminal) {
    const { values, positionals } = readArguments(commandLine, options);
    noMoreThan(1, positionals);
    const address = ledgerArgument(positionals[0], terminal);
    const seal = values.seal === undefined ? undefined : sealOf(values.seal);
    const progress = new Progress(terminal);
    try {
      const source = await openAudit(address, values.schema);
      const report = await verifyLedger(source, {
        ...(seal && { seal }),
        onProgress: ({ rows, entries }) => progress.show(() => `checked ${rows} rows, ${entries} entries`),
      }).finally(() => source.close());
      progress.end();
      terminal.print(values.json ? auditJson(report) : auditText(report));
      return report.ok ? 0 : 1;
    } catch (error) {
      progress.end();
      terminal.printError(`fiscalkit-gateway: can't check ${ledgerName(address)}: ${explain(error)}`);
      return 2;
    }
  },
};

function placeOf({ position, version, entryId, seal }: AuditFault): string {
  const places = [
    position !== undefined && `position ${position}`,
    version !== undefined && `row ${version}`,
    entryId !== undefined && `entry ${entryId}`,
    seal !== undefined && `seal ${seal}`,
  ];
  return places.filter(Boolean).join(', ');
}

function faultLine(fault: AuditFault): string {
  const place = placeOf(fault);
  return `  ${fault.code}${place && ` at ${place}`}: ${fault.message}`;
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** Formats the report of an audit for people. */
function auditText(report: AuditReport): string {
  const { ok, lastSeal, faults, moreFaults } = report;
  const extent = [
    counted(report.entries, 'entry', 'entries'),
    counted(report.rows, 'journal row', 'journal rows'),
    counted(report.seals, 'seal', 'seals'),
    `${counted(report.unsealedRows, 'row', 'rows')} not sealed yet`,
  ].join(', ');
  const seal = lastSeal && `last seal: ${lastSeal.number}:${lastSeal.hash}`;
  const found = [
    `FAULTY: ${extent}`,
    'first fault:',
    ...faults.slice(0, 1).map(faultLine),
    ...(faults.length > 1 ? ['further faults:', ...faults.slice(1).map(faultLine)] : []),
    ...(moreFaults ? ['  and more'] : []),
  ];
  return [...(ok ? [`clean: ${extent}`] : found), ...(seal ? [seal] : [])].join('\n');
}

/** Formats the report of an audit for programs. */
function auditJson(report: AuditReport): string {
  return JSON.stringify({
    ok: report.ok,
    entries: report.entries,
    rows: report.rows,
    seals: report.seals,
    unsealed_rows: report.unsealedRows,
    last_seal: report.lastSeal,
    faults: report.faults.map(({ entryId, ...fault }) => ({
      ...fault,
      ...(entryId && { entry_id: entryId }),
    })),
    more_faults: report.moreFaults,
  });
}
