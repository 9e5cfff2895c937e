import { extname } from 'node:path';
import { isFiscalError } from '@fiscalkit/schemas';
import { type ExportType, exportTypes, manifestPath, writeExport } from '../reports/write-export.js';
import { noMoreThan, optionLines, readArguments, UsageError } from './arguments.js';
import { ledgerArgument, ledgerName } from './ledger-argument.js';
import { merchantArgument, openReceipts, receiptOptions, windowArgument } from './receipts-argument.js';
import { type Command, explain, Progress } from './terminal.js';

const options = {
  file: { type: 'string', value: 'FILE', help: 'file to write, which must not be there yet' },
  ...receiptOptions,
  format: { type: 'string', value: 'FORMAT', help: "csv or jsonl (by the file's name)" },
} as const;

/** Writes receipts with their marks into a file. */
export const exportCommand: Command = {
  name: 'export',
  summary: 'write receipts with their marks into a file, with a manifest beside it',
  help: () =>
    [
      'Usage: fiscalkit-gateway export [LEDGER_URL] --file FILE --from TIME --to TIME [--merchant ID] [--schema NAME]',
      '',
      'Writes the receipts that were accepted in a window as a table or as JSON lines, without data of buyers, and beside it',
      "FILE.manifest.json: count, sums, digest of the file, number and hash of the ledger's newest seal. It only reads the ledger, and may",
      'run beside a gateway. LEDGER_URL is FISCALKIT_LEDGER_URL when absent.',
      '',
      ...optionLines(options),
      '',
      'Exit status: 0 written, 2 not written',
    ].join('\n'),
  async run(commandLine, terminal) {
    const { values, positionals } = readArguments(commandLine, options);
    noMoreThan(1, positionals);
    const { file: path } = values;
    if (path === undefined) throw new UsageError('--file is missing: which file?');
    const type = typeArgument(values.format ?? extname(path).slice(1));
    const window = windowArgument(values);
    const merchant = merchantArgument(values.merchant, terminal);
    const address = ledgerArgument(positionals[0], terminal);
    const progress = new Progress(terminal);
    try {
      const reads = await openReceipts(address, values.schema);
      const onProgress = (receipts: number) => progress.show(() => `wrote ${receipts} receipts`);
      const manifest = await writeExport(reads, { path, type, merchant, ...window, onProgress }).finally(() =>
        reads.close(),
      );
      progress.end();
      terminal.print(`wrote ${manifest.receipts} receipts, ${manifest.registered} of them registered`);
      terminal.print(`manifest: ${manifestPath(path)}`);
      return 0;
    } catch (error) {
      progress.end();
      const why = isFiscalError(error) ? explain(error) : `the file can't be written (${Object(error).code})`;
      terminal.printError(`fiscalkit-gateway: can't export from ${ledgerName(address)}: ${why}`);
      return 2;
    }
  },
};

function typeArgument(named: string): ExportType {
  const known = exportTypes.find((each) => each === named);
  if (known) return known;
  throw new UsageError('the name of FILE must end in .csv or .jsonl, or --format say which of both');
}
