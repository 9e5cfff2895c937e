import { constants, fstatSync, openSync } from 'node:fs';
import { isatty } from 'node:tty';
import { pino } from 'pino';

const { O_NOCTTY, O_NONBLOCK, O_WRONLY } = constants;

/** Opens the terminal anew: Node keeps its own in blocking mode, and our parent may depend on that. */
function openTerminal(): number {
  try {
    return openSync('/proc/self/fd/1', O_WRONLY | O_NONBLOCK | O_NOCTTY);
  } catch {
    return 1;
  }
}

/** Returns the descriptor of standard output, in non-blocking mode where that means anything. */
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
 * Returns the process's standard output for log lines; one for all loggers, so that lines stay in order. What
 * was logged before the process exits, over an accident too, is written where the output takes it; a kill
 * loses what the current turn of the event loop has logged. It never waits for its reader and never fails.
 */
export function standardOutput(): StandardOutput {
  lines ??= open();
  return lines;
}

/** Most bytes that wait for an output that takes none. */
const mostBytes = 1_048_576;

/** Milliseconds until an output that took nothing is tried again. */
const retryMs = 100;

/** Milliseconds that the end of the process waits for a reader that is behind. */
const lastWaitMs = 2_000;

function linesIn(text: string): number {
  return text.split('\n').length - 1;
}

/**
 * An output that stops nobody: what it does not take now (its disk is full, its reader has stopped or is
 * gone) waits in a bounded buffer and is tried again; what finds no room there is dropped and counted. Once
 * all that waited is written, a line reports how many were dropped.
 */
export class BoundedOutput {
  readonly #stream;
  #retry: NodeJS.Timeout | null = null;
  #linesDropped = 0;
  #linesReported = 0;
  #waitsUntil = Number.NEGATIVE_INFINITY;

  /** A pipe or terminal must be non-blocking: else its stalled reader stops the process in a write. */
  constructor(descriptor: number) {
    this.#stream = pino.destination({
      dest: descriptor,
      // In this mode lines keep their order to the very end, and no thread is left behind in a call.
      sync: true,
      maxLength: mostBytes,
      retryEAGAIN: () => performance.now() < this.#waitsUntil,
    });
    // The library's own listener gives up for good once the reader of a pipe is gone; a FIFO may get another.
    this.#stream.removeAllListeners('error');
    this.#stream.on('error', () => this.#tryAgainLater());
    this.#stream.on('drop', (text: string) => this.#drop(text));
  }

  /** Lines that were dropped since the process began. */
  get linesDropped(): number {
    return this.#linesDropped;
  }

  write(text: string): void {
    this.#stream.write(text);
  }

  /** Writes what waits, for a process that ends: it waits a little for a slow reader, and nothing else. */
  end(): void {
    this.#waitsUntil = performance.now() + lastWaitMs;
    this.#stream.write('');
  }

  #tryAgainLater(): void {
    this.#retry ??= setTimeout(() => {
      this.#retry = null;
      this.#stream.write('');
    }, retryMs).unref();
  }

  #drop(text: string): void {
    if (this.#linesDropped === this.#linesReported) this.#stream.once('drain', () => this.#reportDropped());
    this.#linesDropped += linesIn(text);
  }

  #reportDropped(): void {
    const count = this.#linesDropped - this.#linesReported;
    this.#linesReported = this.#linesDropped;
    const line = { level: 'warn', time: new Date().toISOString(), count, event: 'log.dropped' };
    this.#stream.write(`${JSON.stringify(line)}\n`);
  }
}

/** Characters that are passed on without waiting for more. */
const plenty = 16_384;

/**
 * Gathers the lines of one turn of the event loop and passes them on as one text at its end: under load,
 * writing each line by itself would cost more than all else about it.
 */
export class GatheredLines {
  readonly #sink: { write(text: string): unknown };
  #text = '';

  constructor(sink: { write(text: string): unknown }) {
    this.#sink = sink;
  }

  write(line: string): void {
    if (this.#text === '') setImmediate(() => this.flush());
    this.#text += line;
    if (this.#text.length >= plenty) this.flush();
  }

  /** Passes on at once what is there, for a process that ends before its turn does. */
  flush(): void {
    const text = this.#text;
    if (text === '') return;
    this.#text = '';
    this.#sink.write(text);
  }
}
