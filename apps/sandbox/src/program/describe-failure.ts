import { isFiscalError } from '@fiscalkit/schemas';

/** Says in one line why the program could not start. */
export function describeFailure(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const faults = isFiscalError(error) ? error.faults.map(({ path, message }) => `${path}: ${message}`) : [];
  return [error.message, ...faults].join('; ');
}
