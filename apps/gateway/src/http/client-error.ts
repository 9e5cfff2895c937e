import { randomUUID } from 'node:crypto';
import type { Duplex } from 'node:stream';

const refusals: Readonly<Record<string, readonly [status: string, code: string, message: string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'request.timeout', 'The request did not arrive in time.'],
  HPE_HEADER_OVERFLOW: [
    '431 Request Header Fields Too Large',
    'request.headers',
    'The headers are too large.',
  ],
};

const malformed = ['400 Bad Request', 'request.malformed', 'This is not an HTTP request.'] as const;

/**
 * Answers bytes that never became a request in the same envelope as every other error, and ends the connection. Answers the code
 * of the error; `null` when the client was gone already.
 */
export function answerClientError(error: NodeJS.ErrnoException, socket: Duplex): string | null {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return null;
  }
  const [status, code, message] = refusals[error.code ?? ''] ?? malformed;
  const retryable = code === 'request.timeout';
  const body = JSON.stringify({
    error: { message, code, errors: {}, faults: [], retryable, request_id: randomUUID() },
  });
  socket.end(
    [
      `HTTP/1.1 ${status}`,
      'Content-Type: application/json; charset=utf-8',
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Connection: close',
      '',
      body,
    ].join('\r\n'),
  );
  return code;
}
