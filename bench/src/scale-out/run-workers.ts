import { withClient } from '../postgres/with-client.js';
import { startGateway } from '../programs/start-gateway.js';
import { startSandbox } from '../programs/start-sandbox.js';
import { holdBack } from './hold-back.js';
import { registrationsPerSecond } from './registrations.js';

/** How a measurement is set up. */
export interface WorkersSetup {
  /** A ledger with receipts that wait to be delivered. */
  readonly ledgerUrl: string;
  readonly workers: number;
  /** Calls of each worker at the same time. */
  readonly concurrency: number;
  /** Of every call to the provider. */
  readonly latencyMs: number;
}

/** Lets workers deliver what waits in the ledger; answers how many receipts they get registered in a second. */
export function runWorkers({ ledgerUrl, workers, concurrency, latencyMs }: WorkersSetup): Promise<number> {
  return withClient(ledgerUrl, async (client) => {
    const sandbox = await startSandbox(latencyMs);
    const release = await holdBack(client);
    const worker = { role: 'worker', ledgerUrl, providerUrl: sandbox.url, concurrency } as const;
    const programs = await Promise.all(Array.from({ length: workers }, () => startGateway(worker)));
    await release();
    const perSecond = await registrationsPerSecond(client);
    await Promise.all(programs.map((program) => program.stop()));
    await sandbox.stop();
    return perSecond;
  });
}
