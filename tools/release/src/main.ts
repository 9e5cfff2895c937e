import { fileURLToPath } from 'node:url';
import { type Command, readCommand, usage } from './command-line.js';
import { release } from './publish/release.js';
import { checkSchemas } from './schemas-check/check-schemas.js';
import { version } from './version.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const print = (line: string) => process.stdout.write(`${line}\n`);

/** Runs a command. Returns whether it succeeded. */
async function runCommand(command: Command): Promise<boolean> {
  switch (command.kind) {
    case 'help':
      print(usage.trimEnd());
      return true;
    case 'version':
      await version(root, print);
      return true;
    case 'schemas-check': {
      const { passed, lines } = await checkSchemas(root);
      for (const line of lines) print(line);
      return passed;
    }
    case 'publish':
      return release({ root, print, dryRun: command.dryRun, registry: command.registry });
  }
}

try {
  process.exitCode = (await runCommand(readCommand(process.argv.slice(2)))) ? 0 : 1;
} catch (failure) {
  process.stderr.write(`${failure instanceof Error ? failure.message : failure}\n`);
  process.exitCode = 1;
}
