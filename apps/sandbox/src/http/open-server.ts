import { once } from 'node:events';
import type { Server } from 'node:http';
import { types } from 'node:util';
import { FiscalError } from '@fiscalkit/schemas';

/** Makes a server listen. Rejects with `sandbox.port.taken` or `sandbox.port.unavailable`. */
export async function openServer(server: Server, host: string, port: number): Promise<void> {
  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (cause) {
    throw portError(cause, host, port);
  }
}

function portError(cause: unknown, host: string, port: number): FiscalError {
  const taken = types.isNativeError(cause) && 'code' in cause && cause.code === 'EADDRINUSE';
  return taken
    ? new FiscalError({
        code: 'sandbox.port.taken',
        message: `port ${port} of ${host} is taken by another program: choose another one`,
        retryable: false,
        cause,
      })
    : new FiscalError({
        code: 'sandbox.port.unavailable',
        message: `cannot listen on port ${port} of ${host}`,
        retryable: false,
        cause,
      });
}
