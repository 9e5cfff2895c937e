import { FiscalError } from '@fiscalkit/schemas';
import type { Rejected, Retry, Unknown } from '../contract/verdict.js';

/** Where a call went, for its errors. */
export interface CallOrigin {
  readonly provider: string;
  readonly requestId: string;
}

/**
 * The error of a call that changes something, for callers who want the result or an error. An unknown outcome is told by
 * the code `provider.outcome-unknown` and is never retryable: what was asked for may have been done.
 */
export function errorOfVerdict(
  { kind, reason }: Rejected | Retry | Unknown,
  origin: CallOrigin,
): FiscalError {
  if (kind === 'unknown') {
    return new FiscalError({
      ...origin,
      code: 'provider.outcome-unknown',
      message: `It is not known whether the provider did what was asked (${reason.code}).`,
      retryable: false,
    });
  }
  return new FiscalError({
    ...origin,
    code: reason.code,
    message: reason.message,
    retryable: kind === 'retry',
  });
}
