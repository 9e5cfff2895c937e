import { constants } from 'node:os';
import { isatty } from 'node:tty';

const stops = ['SIGTERM', 'SIGINT', 'SIGQUIT'] as const;
const ignored = ['SIGUSR1', 'SIGUSR2'] as const;
const outputs = [0, 1, 2] as const;

/** A program that starts another hands on the signal that a terminal has sent to both: within this time, two are one. */
const sameStopMs = 100;

/**
 * Resolves when a signal asks the program to stop; the next one ends it at once. SIGHUP stops it only when the terminal that it was
 * started from is gone. Other signals change nothing. `tell` prints a line about each.
 */
export function stopSignal(tell: (line: string) => void): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const terminals = outputs.filter((descriptor) => isatty(descriptor));
  let stoppingSince = Number.POSITIVE_INFINITY;
  const stop = (signal: NodeJS.Signals) => {
    const now = performance.now();
    if (stoppingSince === Number.POSITIVE_INFINITY) {
      stoppingSince = now;
      tell(`sandbox stopping: ${signal}`);
      resolve();
    } else if (now - stoppingSince >= sameStopMs) {
      tell(`sandbox ended at once: ${signal} again`);
      process.exit(128 + constants.signals[signal]);
    }
  };
  for (const signal of stops) process.on(signal, stop);
  for (const signal of ignored) process.on(signal, () => tell(`${signal}: nothing is done at this signal`));
  process.on('SIGHUP', (signal) => {
    const isTerminalGone = terminals.length > 0 && !terminals.some((descriptor) => isatty(descriptor));
    if (isTerminalGone) stop(signal);
    else tell('SIGHUP: nothing is read again; restart the sandbox for other settings');
  });
  return promise;
}
