#!/usr/bin/env node
import { isFiscalError } from '@fiscalkit/schemas';
import type { Configuration } from './configuration/configuration.js';
import { helpText } from './configuration/help.js';
import { loadConfiguration } from './configuration/load-configuration.js';
import { type Gateway, startGateway } from './start-gateway.js';

function stopWith(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

function configurationOrStop(): Configuration {
  try {
    return loadConfiguration(process.env);
  } catch (error) {
    return stopWith(
      `fiscalkit-gateway: the configuration can't be used:\n${isFiscalError(error) ? error.message : error}`,
    );
  }
}

function explain(error: unknown, { host, port }: Configuration): string {
  if (isFiscalError(error)) {
    return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message;
  }
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') return `port ${port} on ${host} is taken; set PORT to another one`;
  if (code === 'EACCES')
    return `port ${port} on ${host} may not be used by this user; set PORT to another one`;
  return String(error);
}

async function start(configuration: Configuration): Promise<Gateway> {
  try {
    return await startGateway(configuration);
  } catch (error) {
    return stopWith(`fiscalkit-gateway: can't start: ${explain(error, configuration)}`);
  }
}

const [argument] = process.argv.slice(2);
if (argument === '--help' || argument === '-h') {
  process.stdout.write(helpText());
  process.exit(0);
}
if (argument !== undefined) stopWith(`fiscalkit-gateway: unknown argument ${argument}; see --help`);

const gateway = await start(configurationOrStop());
const stop = () => {
  gateway.close().then(() => process.exit(0));
};
process.once('SIGINT', stop);
process.once('SIGTERM', stop);
