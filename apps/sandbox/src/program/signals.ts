import { constants } from 'node:os';
import { isatty } from 'node:tty';

const stops = ['SIGTERM', 'SIGINT', 'SIGQUIT'] as const;
const ignored = ['SIGUSR1', 'SIGUSR2'] as const;
const outputs = [0, 1, 2] as const;

/**
 * Time in which repeated signals count as one: a parent process forwards a signal that the terminal sent to
 * both.
 */
const sameStopMs = 100;

/**
 * Resolves when a signal asks the program to stop; the next one exits at once. SIGHUP stops it only if the
 * terminal that it was started from is gone. Other signals are ignored. `report` receives a line about each.
 */
export function stopSignal(report: (line: string) => void): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const terminals = outputs.filter((descriptor) => isatty(descriptor));
  let stoppingSince = Number.POSITIVE_INFINITY;
  const stop = (signal: NodeJS.Signals) => {
    const now = performance.now();
    if (stoppingSince === Number.POSITIVE_INFINITY) {
      stoppingSince = now;
      report(`sandbox stopping: ${signal}`);
      resolve();
    } else if (now - stoppingSince >= sameStopMs) {
      report(`sandbox ended at once: ${signal} again`);
      process.exit(128 + constants.signals[signal]);
    }
  };
  for (const signal of stops) process.on(signal, stop);
  for (const signal of ignored) process.on(signal, () => report(`${signal}: nothing is done at this signal`));
  process.on('SIGHUP', (signal) => {
    const isTerminalGone = terminals.length > 0 && !terminals.some((descriptor) => isatty(descriptor));
    if (isTerminalGone) stop(signal);
    else report('SIGHUP: nothing is read again; restart the sandbox for other settings');
  });
  return promise;
}
