import { httpStatusOf } from '@fiscalkit/nestjs';
import { type ExistingReceipt, type Fault, isFiscalError } from '@fiscalkit/schemas';
import { HttpException } from '@nestjs/common';
import { TooManyRequests } from '../auth/authentication-throttle.js';
import { type SeenRequest, SignatureRefused } from '../auth/signature-refused.js';

/** An error as the caller sees it, independent of the envelope. */
export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly retryable: boolean;
  readonly faults: readonly Fault[];
  /** The receipt that stands in the way, if one does. */
  readonly existing?: ExistingReceipt;
  /** The request as it arrived, where the caller signed another. */
  readonly seen?: SeenRequest;
  /** Seconds to wait before the same call, for `Retry-After`. */
  readonly retryAfterSeconds?: number;
}

/** Puts a problem into the form that callers of a route expect. */
export type ErrorEnvelope = (
  problem: Problem,
  requestId: string,
) => { readonly status: number; readonly body: object };

/** Statuses of the gateway's own error codes; a code that is not listed takes the status of its first part. */
const statuses: Readonly<Record<string, number>> = {
  access: 401,
  body: 400,
  signature: 401,
  'access.rate': 429,
  'gateway.busy': 503,
  'gateway.stopping': 503,
  'receipt.id.format': 400,
  'request.closed': 400,
  'request.rate': 429,
  'signature.replay.full': 503,
};

/** What the HTTP server and the router refuse by themselves, by status. */
const refusals: Readonly<Record<number, Pick<Problem, 'code' | 'message'>>> = {
  400: { code: 'request.malformed', message: 'The request is malformed.' },
  404: { code: 'route.not-found', message: 'There is nothing at this path.' },
  413: { code: 'body.too-large', message: 'The body is too large.' },
  414: { code: 'request.path-too-long', message: 'The path of the request is too long.' },
  415: { code: 'body.content-type', message: 'The body must be application/json in UTF-8.' },
};

function statusOf(code: string): number {
  return statuses[code] ?? statuses[code.slice(0, code.indexOf('.'))] ?? httpStatusOf({ code });
}

/** The status that the server or the router has put on an error of its own; 500 for everything else. */
function statusOfRefusal(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  return error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
}

/** Says what an error is to the caller. Whatever we did not foresee is told without any of its own words. */
export function describeProblem(error: unknown): Problem {
  if (isFiscalError(error)) {
    const { code, message, retryable, faults, existing } = error;
    return {
      status: statusOf(code),
      code,
      message,
      retryable,
      faults,
      ...(existing && { existing }),
      ...(error instanceof SignatureRefused && { seen: error.seen }),
      ...(retryable && { retryAfterSeconds: error instanceof TooManyRequests ? error.retryAfterSeconds : 1 }),
    };
  }
  const status = statusOfRefusal(error);
  const refusal = refusals[status];
  if (refusal) return { status, ...refusal, retryable: false, faults: [] };
  return {
    status: 500,
    code: 'gateway.internal',
    message: 'Something went wrong on our side.',
    retryable: true,
    faults: [],
  };
}
