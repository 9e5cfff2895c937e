import { createReadStream } from 'node:fs';
import { extname } from 'node:path';
import type { Provider } from '@fiscalkit/client';
import { reconcile as compare, findingKinds, type ReconciliationProgress } from '@fiscalkit/ledger';
import { isFiscalError } from '@fiscalkit/schemas';
import { loadConfiguration } from '../configuration/load-configuration.js';
import { receiptProviders } from '../configuration/merchant-providers.js';
import { type PaymentFormat, paymentFormats, readPaymentLines } from '../reconciliation/payment-lines.js';
import { reconciliationText, reconciliationView } from '../reconciliation/report-view.js';
import { noMoreThan, optionLines, readArguments, UsageError } from './arguments.js';
import { ledgerArgument, ledgerName } from './ledger-argument.js';
import { merchantArgument, openReceipts, receiptOptions, windowArgument } from './receipts-argument.js';
import { type Command, explain, Progress, type Terminal } from './terminal.js';

const options = {
  payments: { type: 'string', value: 'FILE', help: 'the payments; - for standard input' },
  ...receiptOptions,
  format: { type: 'string', value: 'FORMAT', help: "csv or jsonl (by the file's name)" },
  country: {
    type: 'string',
    value: 'COUNTRY',
    help: "ru or uz, for the advice (that of the merchant's receipts)",
  },
  'in-time': { type: 'string', value: 'HOURS', help: 'age up to which a receipt itself may be made (24)' },
  edge: {
    type: 'string',
    value: 'MINUTES',
    help: 'time near the bounds that the other side may be behind (15)',
  },
  'with-provider': { type: 'boolean', help: 'compare what the provider lists, too; needs the configuration' },
  json: { type: 'boolean', help: 'print the result as one JSON object' },
} as const;

/** Compares payments with a ledger's receipts. */
export const reconcile: Command = {
  name: 'reconcile',
  summary: 'compare payments with the receipts of a ledger; changes nothing',
  help: () =>
    [
      'Usage: fiscalkit-gateway reconcile [LEDGER_URL] --payments FILE --from TIME --to TIME [--merchant ID]',
      '       [--with-provider] [--json]',
      '',
      'Finds payments without a receipt, receipts without a payment, other amounts, doubles, refunds without a receipt, and, with',
      '--with-provider, receipts of other systems and other marks. Each finding names the safe act; nothing is repaired. It only reads,',
      'and may run beside a gateway. FILE is a table with the columns payment_id, amount and time, perhaps kind (sell, refund) and',
      'currency, or has one JSON object with these members a line. LEDGER_URL is FISCALKIT_LEDGER_URL when absent.',
      '',
      ...optionLines(options),
      '',
      'Exit status: 0 all fits, 1 findings or lines that could not be compared, 2 could not be compared at all',
    ].join('\n'),
  async run(commandLine, terminal) {
    const { values, positionals } = readArguments(commandLine, options);
    noMoreThan(1, positionals);
    const { payments: file } = values;
    if (file === undefined) throw new UsageError('--payments is missing: which file?');
    const format = formatArgument(values.format, file);
    const window = windowArgument(values);
    const merchant = merchantArgument(values.merchant, terminal);
    const rules = {
      country: countryArgument(values.country),
      inTimeMs: numberArgument('in-time', values['in-time'], 3_600_000),
      edgeMs: numberArgument('edge', values.edge, 60_000),
    };
    const address = ledgerArgument(positionals[0], terminal);
    const providers = values['with-provider'] ? providersOf(merchant, terminal) : [];
    const progress = new Progress(terminal);
    try {
      const reads = await openReceipts(address, values.schema);
      const subject = { reads, merchant, providers, clock: () => new Date() };
      const onProgress = (at: ReconciliationProgress) => progress.show(() => progressLine(at));
      const bytes = file === '-' ? process.stdin : createReadStream(file);
      const report = await compare(subject, readPaymentLines(bytes, format), {
        ...window,
        ...rules,
        onProgress,
      }).finally(() => reads.close());
      progress.end();
      terminal.print(values.json ? JSON.stringify(reconciliationView(report)) : reconciliationText(report));
      const isClean = findingKinds.every((kind) => report.counts[kind] === 0) && report.faults.length === 0;
      return isClean ? 0 : 1;
    } catch (error) {
      progress.end();
      const why = isNodeError(error) ? `the file can't be read (${error.code})` : explain(error);
      terminal.printError(`fiscalkit-gateway: can't compare with ${ledgerName(address)}: ${why}`);
      return 2;
    } finally {
      for (const provider of providers) await provider.close();
    }
  },
};

function isNodeError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && !isFiscalError(error) && 'syscall' in error;
}

function progressLine({ stage, done, of }: ReconciliationProgress): string {
  const what = {
    payments: 'read payments',
    receipts: 'read receipts',
    provider: 'listed documents',
    comparison: 'compared payments',
  }[stage];
  return `${what}: ${done}${of === undefined ? '' : ` of ${of}`}`;
}

const extensions: Readonly<Record<string, PaymentFormat>> = {
  '.csv': 'csv',
  '.tsv': 'csv',
  '.jsonl': 'jsonl',
  '.ndjson': 'jsonl',
};

function formatArgument(named: string | undefined, file: string): PaymentFormat {
  const format = named ?? extensions[extname(file).toLowerCase()];
  const known = paymentFormats.find((each) => each === format);
  if (known) return known;
  throw new UsageError(
    named === undefined
      ? "--format is missing, and FILE's name ends in neither .csv nor .jsonl"
      : '--format must be csv or jsonl',
  );
}

function countryArgument(named: string | undefined): 'ru' | 'uz' | undefined {
  if (named === undefined || named === 'ru' || named === 'uz') return named;
  throw new UsageError('--country must be ru or uz');
}

function numberArgument(option: string, text: string | undefined, unitMs: number): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,6}$/.test(text)) return Number(text) * unitMs;
  throw new UsageError(`--${option} must be a whole number`);
}

/** Creates the merchant's providers of receipts, with the keys of the configuration. */
function providersOf(merchant: string, { environment }: Terminal): Provider[] {
  try {
    const { merchants } = loadConfiguration(environment);
    const found = merchants.find(({ id }) => id === merchant);
    if (found) return receiptProviders(found).map(({ create }) => create());
  } catch (error) {
    if (!isFiscalError(error)) throw error;
    throw new UsageError(`--with-provider needs the configuration, which can't be used: ${error.message}`);
  }
  throw new UsageError('--with-provider needs the configuration of that merchant');
}
