import type { ServerResponse } from 'node:http';
import { FiscalError } from '@fiscalkit/schemas';

/** Aborted when the answer is sent, or nobody is there any more to take it. */
export function untilClosed(response: ServerResponse): AbortSignal {
  const closed = new AbortController();
  response.once('close', () => closed.abort(requestClosed()));
  return closed.signal;
}

function requestClosed(): FiscalError {
  return new FiscalError({
    code: 'request.closed',
    message: 'The client closed the connection before it was answered.',
    retryable: true,
  });
}
