import { isFiscalError } from '@fiscalkit/schemas';

/** What went wrong, for people: the words of our errors, and of what caused them. */
export function explain(error: unknown): string {
  if (!isFiscalError(error)) return String(error);
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message;
}
