import type { Terminal } from './terminal.js';

/** Between two lines about the work, in milliseconds: on a terminal, where the line is replaced, and in a log. */
const interval = { terminal: 200, log: 10_000 };

/** Tells how far long work has come, from time to time. */
export class Progress {
  readonly #terminal: Terminal;
  readonly #intervalMs: number;
  #toldAt = performance.now();
  #isOpen = false;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
    this.#intervalMs = terminal.rewrite ? interval.terminal : interval.log;
  }

  tell(describe: () => string): void {
    const now = performance.now();
    if (now - this.#toldAt < this.#intervalMs) return;
    this.#toldAt = now;
    const write = this.#terminal.rewrite ?? this.#terminal.tell;
    write(describe());
    this.#isOpen = this.#terminal.rewrite !== null;
  }

  /** Leaves the line as it is, so that what follows has one of its own. */
  end(): void {
    if (this.#isOpen) this.#terminal.rewrite?.('');
    this.#isOpen = false;
  }
}
