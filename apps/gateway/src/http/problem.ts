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
  /** Receipt that the request conflicts with. */
  readonly existing?: ExistingReceipt;
  /** Request as it arrived, if the caller signed another. */
  readonly seen?: SeenRequest;
  /** Seconds to wait before a repeat, for `Retry-After`. */
  readonly retryAfterSeconds?: number;
}

/** Converts a problem into the form that callers of a route expect. */
export type ErrorEnvelope = (
  problem: Problem,
  requestId: string,
) => { readonly status: number; readonly body: object };

/** Statuses of the gateway's own error codes; a code that is not listed has that of its first part. */
const statuses: Readonly<Record<string, number>> = {
  access: 401,
  body: 400,
  signature: 401,
  'access.merchant': 403,
  'access.rate': 429,
  'access.role': 403,
  'body.content-type': 415,
  'body.too-large': 413,
  'correction.id.format': 400,
  'callback.unknown': 404,
  'gateway.busy': 503,
  'gateway.stopping': 503,
  'receipt.id.format': 400,
  'request.closed': 400,
  'request.rate': 429,
  'signature.replay.full': 503,
  'webhook.configured': 409,
  'webhook.invalid': 422,
  'webhook.name.format': 400,
  'webhook.not-found': 404,
  'webhook.too-many': 409,
  'webhooks.key': 503,
  'webhooks.off': 404,
};

/** Refusals of the HTTP server and the router, by status. */
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

/** Returns the status that the server or the router has put on its error; 500 for any other error. */
function statusOfRefusal(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  return error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
}

/** Converts an error into a problem. An unforeseen error shows none of its own words. */
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
