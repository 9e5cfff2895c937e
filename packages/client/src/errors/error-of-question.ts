import { FiscalError } from '@fiscalkit/schemas';
import type { Reason } from '../contract/verdict.js';
import type { CallOrigin } from './error-of-verdict.js';

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
