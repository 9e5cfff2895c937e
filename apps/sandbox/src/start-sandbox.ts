import { createEmulation } from './emulation.js';
import { Listener } from './http/listener.js';
import { createRequestHandler } from './http/request-handler.js';
import type { Sandbox } from './sandbox.js';
import { sandboxDefaults } from './sandbox-defaults.js';
import type { SandboxOptions } from './sandbox-options.js';

/**
 * Starts the providers' APIs on localhost. Rejects with a `FiscalError`: `sandbox.port.taken`, `sandbox.port.unavailable`,
 * `sandbox.fault.invalid`, `sandbox.writing.invalid`, `sandbox.data.unreadable`.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { host = sandboxDefaults.host, port = 0 } = options;
  const emulation = createEmulation(options);
  const { faults, journal, reset } = emulation;
  const lifetime = new AbortController();
  const handler = createRequestHandler({
    emulation,
    lifetime: lifetime.signal,
    refuseFor: (milliseconds) => listener.refuseFor(milliseconds),
  });
  const listener = new Listener({ host, port }, handler);

  const shutDown = async () => {
    lifetime.abort();
    await listener.close();
    emulation.close();
  };
  let closing: Promise<void> | null = null;
  const close = () => {
    closing ??= shutDown();
    return closing;
  };

  try {
    await listener.open();
  } catch (error) {
    emulation.close();
    throw error;
  }
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${listener.port}`;
  return { url, port: listener.port, faults, journal, reset, close, [Symbol.asyncDispose]: close };
}
