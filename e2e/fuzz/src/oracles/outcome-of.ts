import { isFiscalError } from '@fiscalkit/schemas';

/** What a call came to: a value, or the code of a refusal. */
export type CallOutcome<Value> =
  | { readonly value: Value; readonly refusal?: undefined }
  | { readonly refusal: string; readonly value?: undefined };

/** Calls, and takes a `FiscalError` for an answer; any other error is a violation and is thrown on. */
export function outcomeOf<Value>(call: () => Value): CallOutcome<Value> {
  try {
    return { value: call() };
  } catch (error) {
    if (isFiscalError(error)) return { refusal: error.code };
    throw error;
  }
}
