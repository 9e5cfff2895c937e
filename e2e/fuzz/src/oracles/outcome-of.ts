import { isFiscalError } from '@fiscalkit/schemas';

/** Outcome of a call: a value, or the code of a refusal. */
export type CallOutcome<Value> =
  | { readonly value: Value; readonly refusal?: undefined }
  | { readonly refusal: string; readonly value?: undefined };

/**
 * Calls a function and returns its outcome; an error that is no `FiscalError` is a violation and is rethrown.
 */
export function outcomeOf<Value>(call: () => Value): CallOutcome<Value> {
  try {
    return { value: call() };
  } catch (error) {
    if (isFiscalError(error)) return { refusal: error.code };
    throw error;
  }
}
