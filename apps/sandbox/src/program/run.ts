import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { isFiscalError } from '@fiscalkit/schemas';
import { sandboxDefaults } from '../sandbox-options.js';
import { startSandbox } from '../start-sandbox.js';
import { readSettings } from './settings.js';
import { stopSignal } from './signals.js';

/** Runs the program until a signal asks it to stop; resolves to its exit code. */
export async function run(argv: readonly string[], environment: NodeJS.ProcessEnv): Promise<number> {
  try {
    const settings = readSettings(argv, environment);
    if (settings.print !== null) {
      process.stdout.write(settings.print === 'help' ? help : `fiscalkit-sandbox ${sandboxVersion()}\n`);
      return 0;
    }
    // A broken output does not stop the server.
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

/** Returns one line on why the program could not start. */
function describeFailure(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const faults = isFiscalError(error) ? error.faults.map(({ path, message }) => `${path}: ${message}`) : [];
  return [error.message, ...faults].join('; ');
}

const { host, registrationDelayMs, seed } = sandboxDefaults;

const help = `fiscalkit-sandbox: the providers' APIs on localhost, with faults on demand

  --host HOST                  address to listen on (default ${host})
  --port PORT                  port, 0 for any free one (default: SANDBOX_PORT, else 8090)
  --registration-delay-ms MS   how long a receipt is pending (default ${registrationDelayMs})
  --data FILE                  keep what is registered in this file
  --seed NUMBER                what chance and fiscal signs are drawn from (default ${seed})
  --faults FILE|JSON           fault rules in force from the start
  --writes WAY,WAY             how receipts are shown, listed and taken otherwise than they were sent:
                               cp866, yo, html, number-ids, …; the README lists all
  --version                    which version this is
  --help                       this text

Control: GET /_sandbox/health, GET /_sandbox/journal[?payment_id=],
         GET|POST|DELETE /_sandbox/faults[/ID], POST /_sandbox/reset,
         POST /_sandbox/clock {"advanceMs": MS}
`;

function sandboxVersion(): string {
  return String(JSON.parse(readFileSync(findPackageJSON('.', import.meta.url) ?? '', 'utf8')).version);
}
