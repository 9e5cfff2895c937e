import type { LoggerService } from '@nestjs/common';

/** A logger that keeps what it is told, as `level context text`. */
export class RecordingLogger implements LoggerService {
  readonly lines: string[] = [];
  /** What came beside messages, as stacks do. */
  readonly stacks: string[] = [];

  log(...words: unknown[]) {
    this.#keep('log', words);
  }

  warn(...words: unknown[]) {
    this.#keep('warn', words);
  }

  error(...words: unknown[]) {
    this.#keep('error', words);
  }

  debug(...words: unknown[]) {
    this.#keep('debug', words);
  }

  /** What the FiscalModule said. */
  get fiscal(): string[] {
    return this.lines.filter((line) => /^\w+ Fiscal/.test(line));
  }

  #keep(level: string, [message, ...rest]: unknown[]): void {
    this.lines.push([level, rest.at(-1), message].join(' '));
    this.stacks.push(...rest.slice(0, -1).map(String));
  }
}
