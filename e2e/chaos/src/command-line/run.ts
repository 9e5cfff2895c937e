import { recognitionLine } from '../report/markdown-report.js';
import { tellProgress } from '../report/tell-progress.js';
import { writeReport } from '../report/write-report.js';
import { runLaboratory } from '../run-laboratory.js';
import { helpText } from './help.js';
import { readSettings } from './settings.js';

/** Longer than the longest wait that trouble can leave behind: a lease, and the provider's own advice. */
const settleMs = 180_000;

/** Runs the program; answers its exit status. */
export async function run(argv: readonly string[]): Promise<number> {
  try {
    const { help, reportFolder, ...settings } = readSettings(argv);
    if (help) {
      process.stdout.write(helpText);
      return 0;
    }
    const result = await runLaboratory({ ...settings, settleMs, tell: tellProgress(process.stderr) });
    const page = writeReport(reportFolder, result);
    process.stdout.write(`\n${recognitionLine(result)}\n`);
    const { length } = result.violations;
    process.stdout.write(`${length === 0 ? 'The books agree' : `${length} violations`}: see ${page}\n`);
    return length === 0 ? 0 : 1;
  } catch (error) {
    process.stderr.write(`\nchaos: ${error instanceof Error ? error.message : error}\n`);
    return 2;
  }
}
