import { createEmulation } from './emulation.js';
import type { FaultControl } from './faults/fault-registry.js';
import { Listener } from './http/listener.js';
import { createRequestHandler } from './http/request-handler.js';
import type { Journal, JournalFilter } from './journal/journal.js';
import type { KeptDocument } from './journal/kept-documents.js';
import { type SandboxOptions, sandboxDefaults } from './sandbox-options.js';

/**
 * Starts the emulated providers' APIs. Rejects with a `FiscalError`: `sandbox.port.taken`,
 * `sandbox.port.unavailable`, `sandbox.fault.invalid`, `sandbox.writing.invalid`, `sandbox.data.unreadable`.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { host = sandboxDefaults.host, port = 0 } = options;
  const emulation = createEmulation(options);
  const { faults, journal, documents, reset, advance } = emulation;
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
  const { port: ownPort } = listener;
  return {
    url,
    port: ownPort,
    faults,
    journal,
    documents,
    reset,
    advance,
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** A running sandbox; `await using` closes it at the end of the block. */
export interface Sandbox extends AsyncDisposable {
  /** Base URL without a trailing slash: `http://127.0.0.1:8090`. */
  readonly url: string;
  readonly port: number;
  readonly faults: FaultControl;
  /** Returns everything registered so far and the number of calls. */
  journal(filter?: JournalFilter): Journal;
  /** Returns the documents that were taken, as their provider understood them; none without `keepDocuments`. */
  documents(): readonly KeptDocument[];
  /**
   * Deletes everything registered, also in the data file, and restores the fault rules and the clock of the start.
   */
  reset(): void;
  /** Moves the sandbox's clock forward, in milliseconds: tokens, reports and ids age. */
  advance(milliseconds: number): void;
  /** Stops listening and aborts calls that are still waiting. */
  close(): Promise<void>;
}
