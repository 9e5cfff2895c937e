import { judgeAll } from './judge-all.js';
import { presentJudges } from './present-judges.js';
import { report } from './report.js';
import { readSettings } from './settings.js';

const print = (line: string) => process.stdout.write(`${line}\n`);

try {
  const settings = readSettings(process.argv.slice(2));
  const startedAt = Date.now();
  const judges = await presentJudges({ install: settings.install, print });
  const judgements = judges.length > 0 ? await judgeAll(judges, settings) : [];
  for (const line of report(judgements)) print(line);
  const agree = judgements.every(({ verdict }) => verdict.disagreed === 0);
  const seconds = Math.round((Date.now() - startedAt) / 1000);
  print(
    `${agree ? '✓' : '✗'} ${judges.length} judges, seed ${settings.seed}, ${settings.count} documents a schema and all examples (${seconds} s)`,
  );
  process.exitCode = agree ? 0 : 1;
} catch (failure) {
  process.stderr.write(`${failure instanceof Error ? failure.message : failure}\n`);
  process.exitCode = 2;
}
