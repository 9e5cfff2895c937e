import { writeFileSync } from 'node:fs';
import { help, readArguments } from './program/arguments.js';
import { fuzz, printResult } from './program/fuzz.js';

function argumentsOrStop() {
  try {
    return readArguments(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`fuzz: ${error instanceof Error ? error.message : error}\n`);
    process.exit(2);
  }
}

const chosen = argumentsOrStop();
if (chosen.help) {
  process.stdout.write(help);
} else {
  process.stdout.write(
    `fuzzing ${chosen.names.length} targets for ${chosen.seconds} s, seed ${chosen.seed}\n\n`,
  );
  const result = await fuzz(chosen);
  process.stdout.write(printResult(result));
  if (chosen.json !== undefined) writeFileSync(chosen.json, `${JSON.stringify(result, null, 2)}\n`);
  process.exitCode = result.findings.length === 0 ? 0 : 1;
}
