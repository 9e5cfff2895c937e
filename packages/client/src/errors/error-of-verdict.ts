import { FiscalError } from '@fiscalkit/schemas';
import type { Reason, Rejected, Retry, Unknown } from '../contract/verdict.js';
import type { Outcome } from '../transport/outcome.js';

/** Target of a call, for its errors. */
export interface CallOrigin {
  readonly provider: string;
  readonly requestId: string;
}

/**
 * Returns the error of a call that changes something, for callers who want the result or an error. An unknown
 * outcome has the code `provider.outcome-unknown` and is never retryable: it may have been done.
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

const permanent = [
  'provider.address',
  'provider.unauthorized',
  'provider.not-found',
  'provider.rejected',
  'provider.redirected',
  'provider.unexpected-status',
];

/** Returns the error of a call that only reads: a repeat is safe, and helps unless the answer stays. */
export function errorOfQuestion({ code, message }: Reason, origin: CallOrigin): FiscalError {
  return new FiscalError({ ...origin, code, message, retryable: !permanent.includes(code) });
}

/** Throws the caller's own reason if the caller ended the call. */
export function passAbort(outcome: Outcome, signal: AbortSignal | undefined): void {
  if (outcome.kind !== 'answered' && outcome.code === 'provider.aborted') {
    signal?.throwIfAborted();
  }
}
