import { constants } from 'node:os';
import { isatty } from 'node:tty';
import type { Logger } from '../logs/logger.js';

const stops = ['SIGTERM', 'SIGINT', 'SIGQUIT'] as const;
const outputs = [0, 1, 2] as const;

/** Time in which repeated signals are one: a parent process forwards what the terminal sent to both. */
const oneSignalMs = 100;

interface SignalDependencies {
  readonly logger: Logger;
  /** Whether a descriptor is a terminal that is still open. */
  readonly isTerminal?: (descriptor: number) => boolean;
  readonly end?: (status: number) => void;
}

/**
 * Handles the signals of a gateway. SIGTERM, SIGINT and SIGQUIT ask it to stop in order, and the second ends
 * it at once. SIGHUP changes nothing, unless the terminal of its start is gone. Each is logged.
 */
export class Signals {
  readonly #logger: Logger;
  readonly #isTerminal: (descriptor: number) => boolean;
  readonly #end: (status: number) => void;
  readonly #terminals: readonly number[];
  readonly #stopping = Promise.withResolvers<void>();
  readonly #listeners: ReadonlyMap<NodeJS.Signals, () => void>;
  #stoppingSince = Number.POSITIVE_INFINITY;

  constructor({ logger, isTerminal = isatty, end = (status) => process.exit(status) }: SignalDependencies) {
    this.#logger = logger;
    this.#isTerminal = isTerminal;
    this.#end = end;
    this.#terminals = outputs.filter(isTerminal);
    this.#listeners = new Map<NodeJS.Signals, () => void>([
      ...stops.map((signal) => [signal, () => this.#stop(signal)] as const),
      ['SIGHUP', () => this.#hangUp()],
      ['SIGUSR1', () => this.#ignore('SIGUSR1', 'nothing is done at this signal')],
      ['SIGUSR2', () => this.#ignore('SIGUSR2', 'nothing is done at this signal')],
    ]);
    for (const [signal, listener] of this.#listeners) process.on(signal, listener);
  }

  /** Resolves when a signal asks the process to stop. */
  get stopping(): Promise<void> {
    return this.#stopping.promise;
  }

  /** Restores the handling of signals from before. */
  release(): void {
    for (const [signal, listener] of this.#listeners) process.off(signal, listener);
  }

  #stop(signal: NodeJS.Signals): void {
    const now = performance.now();
    if (this.#stoppingSince === Number.POSITIVE_INFINITY) {
      this.#stoppingSince = now;
      this.#logger.log('info', 'gateway.stopping', { signal });
      this.#stopping.resolve();
    } else if (now - this.#stoppingSince >= oneSignalMs) {
      this.#logger.log('warn', 'gateway.ended', { signal, note: 'a second signal ends it at once' });
      this.#end(128 + constants.signals[signal]);
    }
  }

  #hangUp(): void {
    const isTerminalGone = this.#terminals.length > 0 && !this.#terminals.some(this.#isTerminal);
    if (isTerminalGone) this.#stop('SIGHUP');
    else this.#ignore('SIGHUP', 'the configuration is not read again: restart the gateway');
  }

  #ignore(signal: NodeJS.Signals, note: string): void {
    this.#logger.log('warn', 'signal.ignored', { signal, note });
  }
}
