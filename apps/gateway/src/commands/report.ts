import { dailyReport } from '@fiscalkit/ledger';
import { dailyText, dailyView } from '../reports/daily-view.js';
import { noMoreThan, optionLines, readArguments, UsageError } from './arguments.js';
import { ledgerArgument, ledgerName } from './ledger-argument.js';
import { merchantArgument, openReceipts, receiptOptions } from './receipts-argument.js';
import { type Command, explain } from './terminal.js';

const options = {
  date: { type: 'string', value: 'DATE', help: "the day on the register's clock, such as 2026-03-31" },
  merchant: receiptOptions.merchant,
  schema: receiptOptions.schema,
  json: { type: 'boolean', help: 'print the report as one JSON object' },
} as const;

/** Reports counts and sums of a day. */
export const report: Command = {
  name: 'report',
  summary: 'counts and sums of the receipts of a day',
  help: () =>
    [
      'Usage: fiscalkit-gateway report [LEDGER_URL] --date DATE [--merchant ID] [--schema NAME] [--json]',
      '',
      "Counts the receipts that were registered on a day of the register's clock, and sums them by provider, account, operation, VAT",
      'rate and settlement. It only reads, and may run beside a gateway. LEDGER_URL is FISCALKIT_LEDGER_URL when absent.',
      '',
      ...optionLines(options),
      '',
      'Exit status: 0 reported, 2 could not be reported',
    ].join('\n'),
  async run(commandLine, terminal) {
    const { values, positionals } = readArguments(commandLine, options);
    noMoreThan(1, positionals);
    const { date } = values;
    if (date === undefined) throw new UsageError('--date is missing: which day?');
    const merchant = merchantArgument(values.merchant, terminal);
    const address = ledgerArgument(positionals[0], terminal);
    try {
      const reads = await openReceipts(address, values.schema);
      const day = await dailyReport(reads, { merchant, date, now: new Date() }).finally(() => reads.close());
      terminal.print(values.json ? JSON.stringify(dailyView(day)) : dailyText(day));
      return 0;
    } catch (error) {
      terminal.printError(`fiscalkit-gateway: can't report on ${ledgerName(address)}: ${explain(error)}`);
      return 2;
    }
  },
};
