import { settingsHelp } from '../configuration/settings-help.js';
import { commands } from './commands.js';

/** What `fiscalkit-gateway --help` prints. */
export function programHelp(): string {
  const width = Math.max(...commands.map(({ name }) => name.length)) + 2;
  return [
    'fiscalkit-gateway: a paid order becomes exactly one fiscal receipt, over HTTP.',
    '',
    'Usage: fiscalkit-gateway [COMMAND] [--help] [--version]',
    '',
    'Commands; each with --help says more:',
    ...commands.map(({ name, summary }) => `  ${name.padEnd(width)}${summary}`),
    '',
    settingsHelp(),
  ].join('\n');
}
