import { isFiscalError } from '@fiscalkit/schemas';
import type { Configuration } from '../configuration/configuration.js';
import { loadConfiguration } from '../configuration/load-configuration.js';
import { settingsHelp } from '../configuration/settings-help.js';
import { createLogger } from '../logs/logger.js';
import { noMoreThan, readArguments } from './arguments.js';
import { inheritedSocket } from './inherited-socket.js';
import { Signals } from './signals.js';
import { type Command, explain, type Terminal } from './terminal.js';

function configurationOf({ environment, printError }: Terminal): Configuration | null {
  try {
    return loadConfiguration(environment);
  } catch (error) {
    printError(
      `fiscalkit-gateway: the configuration can't be used:\n${isFiscalError(error) ? error.message : error}`,
    );
    return null;
  }
}

function explainStart(error: unknown, { host, port }: Configuration): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') return `port ${port} on ${host} is taken; set PORT to another one`;
  if (code === 'EACCES')
    return `port ${port} on ${host} may not be used by this user; set PORT to another one`;
  return explain(error);
}

const socketHelp =
  'A socket that a service manager passes on (LISTEN_PID, LISTEN_FDS=1) is listened on instead of PORT and HOST.';

/** Runs the gateway until a signal asks it to stop; the default command. */
export const serve: Command = {
  name: 'serve',
  summary: 'run the gateway; also without any command',
  help: () => ['Usage: fiscalkit-gateway [serve]', '', settingsHelp(), '', socketHelp].join('\n'),
  async run(commandLine, terminal) {
    const { positionals } = readArguments(commandLine, {});
    noMoreThan(0, positionals);
    const configuration = configurationOf(terminal);
    if (!configuration) return 1;
    const logger = createLogger(configuration.logLevel);
    const signals = new Signals({ logger });
    try {
      // Other commands start faster without the framework.
      const { startGateway } = await import('../start-gateway.js');
      const socket = inheritedSocket(terminal.environment, process.pid);
      const gateway = await startGateway(configuration, logger, { socket });
      await signals.stopping;
      await gateway.close();
      return 0;
    } catch (error) {
      terminal.printError(`fiscalkit-gateway: can't start: ${explainStart(error, configuration)}`);
      return 1;
    } finally {
      signals.release();
    }
  },
};
