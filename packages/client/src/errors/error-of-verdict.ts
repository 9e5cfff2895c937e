import { FiscalError } from '@fiscalkit/schemas';
import type { Reason, Rejected, Retry, Unknown } from '../contract/verdict.js';
import type { Outcome } from '../transport/outcome.js';

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

const permanent = [
  'provider.address',
  'provider.unauthorized',
  'provider.not-found',
  'provider.rejected',
  'provider.redirected',
  'provider.unexpected-status',
];

/** The error of a call that only asks: asking again is always safe, and helps unless the answer will stay the same. */
export function errorOfQuestion({ code, message }: Reason, origin: CallOrigin): FiscalError {
  return new FiscalError({ ...origin, code, message, retryable: !permanent.includes(code) });
}

/** Throws the caller's own reason when it was the caller who ended the call. */
export function passAbort(outcome: Outcome, signal: AbortSignal | undefined): void {
  if (outcome.kind !== 'answered' && outcome.code === 'provider.aborted') {
    signal?.throwIfAborted();
  }
}
