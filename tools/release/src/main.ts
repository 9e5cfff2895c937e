import { fileURLToPath } from 'node:url';
import { type Command, readCommand } from './command-line/read-command.js';
import { usage } from './command-line/usage.js';
import { release } from './publish/release.js';
import { checkSchemas } from './schemas-check/check-schemas.js';
import { version } from './version/version.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const print = (line: string) => process.stdout.write(`${line}\n`);

/** Does what was asked for. Answers whether it went well. */
async function obey(command: Command): Promise<boolean> {
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
  process.exitCode = (await obey(readCommand(process.argv.slice(2)))) ? 0 : 1;
} catch (failure) {
  process.stderr.write(`${failure instanceof Error ? failure.message : failure}\n`);
  process.exitCode = 1;
}
