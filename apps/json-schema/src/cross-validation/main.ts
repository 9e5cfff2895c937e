import { crossValidate } from './cross-validate.js';
import { report } from './report.js';
import { readSettings } from './settings.js';
import { installedValidators } from './validators.js';

const print = (line: string) => process.stdout.write(`${line}\n`);

try {
  const settings = readSettings(process.argv.slice(2));
  const startedAt = Date.now();
  const validators = await installedValidators({ install: settings.install, print });
  const results = validators.length > 0 ? await crossValidate(validators, settings) : [];
  for (const line of report(results)) print(line);
  const agree = results.every(({ agreement }) => agreement.disagreed === 0);
  const seconds = Math.round((Date.now() - startedAt) / 1000);
  print(
    `${agree ? '✓' : '✗'} ${validators.length} validators, seed ${settings.seed}, ${settings.count} documents a schema and all examples (${seconds} s)`,
  );
  process.exitCode = agree ? 0 : 1;
} catch (failure) {
  process.stderr.write(`${failure instanceof Error ? failure.message : failure}\n`);
  process.exitCode = 2;
}
