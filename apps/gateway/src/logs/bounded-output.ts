import { pino } from 'pino';

/** Bytes that wait at most for an output that takes none. */
const mostBytes = 1_048_576;

/** After how long an output that took nothing is tried again. Milliseconds. */
const retryMs = 100;

/** How long the end of the process waits for a reader that is behind. Milliseconds. */
const lastWaitMs = 2_000;

function linesIn(text: string): number {
  return text.split('\n').length - 1;
}

/**
 * An output that stops nobody: what it does not take now (its disk is full, its reader has stopped or is gone) waits in a bounded
 * buffer and is tried again; what finds no room there is dropped and counted. Once everything that waited is written, a line says how
 * many were dropped.
 */
export class BoundedOutput {
  readonly #stream;
  #retry: NodeJS.Timeout | null = null;
  #linesDropped = 0;
  #linesTold = 0;
  #waitsUntil = Number.NEGATIVE_INFINITY;

  /** A pipe or a terminal must be in non-blocking mode: else its stalled reader stops the process in the call that writes. */
  constructor(descriptor: number) {
    this.#stream = pino.destination({
      dest: descriptor,
      // In this mode lines keep their order up to the very end of the process, and no thread is left behind in a call.
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

  /** Writes what waits, for a process that ends: it waits a little for a reader that is behind, and for nothing else. */
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
    if (this.#linesDropped === this.#linesTold) this.#stream.once('drain', () => this.#tellOfDropped());
    this.#linesDropped += linesIn(text);
  }

  #tellOfDropped(): void {
    const count = this.#linesDropped - this.#linesTold;
    this.#linesTold = this.#linesDropped;
    const line = { level: 'warn', time: new Date().toISOString(), count, event: 'log.dropped' };
    this.#stream.write(`${JSON.stringify(line)}\n`);
  }
}
