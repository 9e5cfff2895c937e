import { UsageError } from './usage-error.js';

const form = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/;

/** Reads a time such as `2026-03-31T12:00:00Z`. The zone must be there: a time without one is another time elsewhere. */
export function timeArgument(option: string, text: string): Date {
  const time = form.test(text) ? new Date(text) : new Date(Number.NaN);
  if (Number.isNaN(time.getTime())) {
    throw new UsageError(`--${option} must be a time with its zone, such as 2026-03-31T12:00:00Z`);
  }
  return time;
}
