import { startSandbox } from '../start-sandbox.js';
import { describeFailure } from './describe-failure.js';
import { help } from './help.js';
import { readSettings } from './settings.js';
import { stopSignal } from './signals.js';
import { sandboxVersion } from './version.js';

/** Runs the program until a signal asks it to stop; resolves to its exit code. */
export async function run(argv: readonly string[], environment: NodeJS.ProcessEnv): Promise<number> {
  try {
    const settings = readSettings(argv, environment);
    if (settings.print !== null) {
      process.stdout.write(settings.print === 'help' ? help : `fiscalkit-sandbox ${sandboxVersion()}\n`);
      return 0;
    }
    // It serves all the same where nobody can be told.
    for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
    const stopped = stopSignal((line) => process.stdout.write(`${line}\n`));
    const sandbox = await startSandbox(settings.options);
    process.stdout.write(`sandbox listening on ${sandbox.url}\n`);
    await stopped;
    await sandbox.close();
    return 0;
  } catch (error) {
    process.stderr.write(`${describeFailure(error)}\n`);
    return 1;
  }
}
