import { pino } from 'pino';
import { GatheredLines } from './gathered-lines.js';

let lines: GatheredLines | null = null;

function open(): GatheredLines {
  const opened = new GatheredLines(pino.destination({ dest: 1, sync: true }));
  process.once('exit', () => opened.flush());
  return opened;
}

/**
 * The standard output of this process, for log lines; one for all loggers, so that their lines stay in order. What was logged before
 * the process exits, over an accident too, is written; a kill loses what the current turn of the event loop has logged.
 */
export function standardOutput(): GatheredLines {
  lines ??= open();
  return lines;
}
