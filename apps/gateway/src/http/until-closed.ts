import type { ServerResponse } from 'node:http';
import { FiscalError } from '@fiscalkit/schemas';

/** Returns a signal that is aborted when the response has ended, or its client is gone. */
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
