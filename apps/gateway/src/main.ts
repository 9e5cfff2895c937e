#!/usr/bin/env node
import { endOnAccident } from './commands/end-on-accident.js';
import { runCommand } from './commands/run-command.js';
import { processTerminal } from './commands/terminal.js';

endOnAccident(process);
// Whoever can't be told is no reason to stop.
process.stderr.on('error', () => {});
process.exit(await runCommand(process.argv.slice(2), processTerminal(process)));
