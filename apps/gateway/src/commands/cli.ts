import { settingsHelp } from '../configuration/settings-help.js';
import { gatewayVersion } from '../version.js';
import { called, UsageError } from './arguments.js';
import { backup } from './backup.js';
import { check } from './check.js';
import { exportCommand } from './export.js';
import { newKey } from './new-key.js';
import { reconcile } from './reconcile.js';
import { report } from './report.js';
import { restore } from './restore.js';
import { restored } from './restored.js';
import { serve } from './serve.js';
import type { Command, Terminal } from './terminal.js';
import { verify } from './verify.js';

function isHelp(word: string | undefined): boolean {
  return word === '--help' || word === '-h';
}

/** Runs the command of the command line, or `serve`. Resolves to the exit status; 2: wrong arguments. */
export async function runCommand(commandLine: readonly string[], terminal: Terminal): Promise<number> {
  const [first = 'serve', ...rest] = commandLine;
  if (isHelp(first)) {
    terminal.print(programHelp());
    return 0;
  }
  if (first === '--version') {
    terminal.print(`fiscalkit-gateway ${gatewayVersion()}`);
    return 0;
  }
  const command = commands.find(({ name }) => name === first);
  if (!command) {
    const what = first.startsWith('-') ? 'argument' : 'command';
    terminal.printError(`fiscalkit-gateway: ${called(`unknown ${what}`, first)}; see --help`);
    return 2;
  }
  if (rest.some(isHelp)) {
    terminal.print(command.help());
    return 0;
  }
  try {
    return await command.run(rest, terminal);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    terminal.printError(`fiscalkit-gateway ${command.name}: ${error.message}; see ${command.name} --help`);
    return 2;
  }
}

/** Returns the text of `fiscalkit-gateway --help`. */
function programHelp(): string {
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

/** Commands of the program, in the order of `--help`. */
export const commands: readonly Command[] = [
  serve,
  check,
  newKey,
  verify,
  reconcile,
  report,
  exportCommand,
  backup,
  restore,
  restored,
];
