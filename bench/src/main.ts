import { helpText } from './command-line/help.js';
import { readSettings, type Settings } from './command-line/settings.js';
import { type Judgement, judge } from './comparison/judge.js';
import { formatTable } from './report/format-table.js';
import { writeJson } from './report/write-json.js';
import { rows } from './rows.js';
import { useTemporaryFolder } from './temporary-folder.js';

async function measure(settings: Settings): Promise<Judgement[]> {
  const judgements: Judgement[] = [];
  for (const row of settings.rows) {
    const tell = (what: string) => process.stderr.write(`${row.name}: ${what}\n`);
    for (const comparison of await row.measure({ quick: settings.quick, tell })) {
      // Of small amounts, no bar is asked.
      judgements.push(judge(row.name, settings.quick ? { ...comparison, bars: [] } : comparison));
    }
  }
  return judgements;
}

/** Answers the exit status. */
async function run(): Promise<number> {
  const settings = readSettings(process.argv.slice(2), rows);
  if (settings.help) {
    process.stdout.write(helpText(rows));
    return 0;
  }
  useTemporaryFolder();
  const startedAt = new Date();
  const judgements = await measure(settings);
  writeJson(settings.jsonFile, { startedAt, quick: settings.quick, judgements });
  process.stdout.write(`\n${formatTable(judgements)}\n\nThe figures are in ${settings.jsonFile}.\n`);
  return settings.check && judgements.some(({ bars }) => bars.some(({ met }) => !met)) ? 1 : 0;
}

const status = await run().catch((error) => {
  process.stderr.write(`bench: ${error instanceof Error ? error.message : error}\n`);
  return 1;
});
// The database server's package sets the exit status of a process that ends by itself.
process.exit(status);
