import { constants, fstatSync, openSync } from 'node:fs';
import { isatty } from 'node:tty';
import { BoundedOutput } from './bounded-output.js';
import { GatheredLines } from './gathered-lines.js';

const { O_NOCTTY, O_NONBLOCK, O_WRONLY } = constants;

/** A terminal opened anew: Node keeps the process's own in blocking mode, and whoever started it may depend on that. */
function openTerminal(): number {
  try {
    return openSync('/proc/self/fd/1', O_WRONLY | O_NONBLOCK | O_NOCTTY);
  } catch {
    return 1;
  }
}

/** The descriptor of standard output, in non-blocking mode where that means anything. */
function descriptorOfOutput(): number {
  if (isatty(1)) return openTerminal();
  // A pipe or socket becomes non-blocking by this, as in every program that prints through Node's own stream.
  if (!fstatSync(1).isFile()) process.stdout.on('error', () => {});
  return 1;
}

/** Log lines on their way to standard output. */
export interface StandardOutput {
  write(line: string): void;
  /** Lines that were dropped since the process began, because the output took none. */
  readonly linesDropped: number;
}

let lines: StandardOutput | null = null;

function open(): StandardOutput {
  const output = new BoundedOutput(descriptorOfOutput());
  const gathered = new GatheredLines(output);
  process.once('exit', () => {
    gathered.flush();
    output.end();
  });
  return {
    write: (line) => gathered.write(line),
    get linesDropped() {
      return output.linesDropped;
    },
  };
}

/**
 * The standard output of this process, for log lines; one for all loggers, so that their lines stay in order. What was logged before
 * the process exits, over an accident too, is written where the output takes it; a kill loses what the current turn of the event loop has
 * logged. It never waits for its reader and never fails.
 */
export function standardOutput(): StandardOutput {
  lines ??= open();
  return lines;
}
