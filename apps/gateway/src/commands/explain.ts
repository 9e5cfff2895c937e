import { isFiscalError } from '@fiscalkit/schemas';

/** What went wrong, for people: the words of our errors, and of what caused them. */
export function explain(error: unknown): string {
  if (!isFiscalError(error)) return String(error);
  const { message, cause } = error;
  // Some of our own words say all that the cause does.
  if (!(cause instanceof Error) || message.includes(cause.message)) return message;
  if (message.includes(String(Object(cause).code))) return message;
  return `${message} (${cause.message})`;
}
