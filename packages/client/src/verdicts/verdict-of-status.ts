import type { Rejected, Retry, Unknown } from '../contract/verdict.js';
import type { Answered } from '../transport/outcome.js';
import { reasonOf } from './reason.js';
import type { ReasonCode } from './reason-codes.js';
import { retryAfterMs } from './retry-after.js';

type Rule = { readonly kind: 'rejected' | 'retry' | 'unknown'; readonly code: ReasonCode };

/**
 * Meaning of a status for the document. Where it concerns our access or address, the document itself is
 * untouched and may be sent again once that is corrected.
 */
const rules: Readonly<Record<number, Rule>> = {
  401: { kind: 'retry', code: 'provider.unauthorized' },
  403: { kind: 'retry', code: 'provider.unauthorized' },
  404: { kind: 'retry', code: 'provider.not-found' },
  405: { kind: 'retry', code: 'provider.not-found' },
  409: { kind: 'unknown', code: 'provider.conflict' },
  413: { kind: 'rejected', code: 'provider.rejected' },
  415: { kind: 'rejected', code: 'provider.rejected' },
  429: { kind: 'retry', code: 'provider.rate-limited' },
};

/**
 * Returns the verdict of an answer by its HTTP status alone, for statuses outside 2xx. A 503 promises that
 * nothing was processed only if it says when to come back; every other surprise is `unknown`.
 */
export function verdictOfStatus(answer: Answered, now: Date): Rejected | Retry | Unknown {
  const waitMs = retryAfterMs(firstValue(answer.headers['retry-after']), now);
  const { kind, code } = rules[answer.status] ?? ruleOfClass(answer.status, waitMs !== null);
  const reason = reasonOf(code, { httpStatus: answer.status });
  return kind === 'retry' && waitMs !== null ? { kind, reason, retryAfterMs: waitMs } : { kind, reason };
}

function firstValue(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}

function ruleOfClass(status: number, hasRetryAfter: boolean): Rule {
  if (status === 503) {
    return { kind: hasRetryAfter ? 'retry' : 'unknown', code: 'provider.unavailable' };
  }
  if (status >= 500) {
    return { kind: 'unknown', code: 'provider.server-error' };
  }
  const redirected = status >= 300 && status < 400;
  return { kind: 'unknown', code: redirected ? 'provider.redirected' : 'provider.unexpected-status' };
}
