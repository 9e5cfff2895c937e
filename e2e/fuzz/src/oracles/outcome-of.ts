import { isFiscalError } from '@fiscalkit/schemas';

/** Outcome of a call: a value, or the code of a refusal. */
export type CallOutcome<Value> =
  | { readonly value: Value; readonly refusal?: undefined }
  | { readonly refusal: string; readonly value?: undefined };

/** Calls a function and returns its outcome; rethrows errors other than a `FiscalError`: violations. */
export function outcomeOf<Value>(call: () => Value): CallOutcome<Value> {
  try {
    return { value: call() };
  } catch (error) {
    if (isFiscalError(error)) return { refusal: error.code };
    throw error;
  }
}
