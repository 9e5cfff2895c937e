import { withClient } from '../postgres/with-client.js';
import { startGateway } from '../programs/start-gateway.js';
import { startSandbox } from '../programs/start-sandbox.js';
import { holdBack } from './hold-back.js';
import { measureProcessorUse, type ProcessorUse } from './processor-use.js';
import { untilRegistered } from './registrations.js';

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

/** What workers came to. */
export interface WorkersRun {
  readonly receiptsPerSecond: number;
  /** Per receipt, in microseconds. */
  readonly use: ProcessorUse;
  /** How many processors were at work, on average. */
  readonly processors: number;
}

/** Lets workers deliver what waits in the ledger. */
export function runWorkers({
  ledgerUrl,
  workers,
  concurrency,
  latencyMs,
}: WorkersSetup): Promise<WorkersRun> {
  return withClient(ledgerUrl, async (client) => {
    const sandbox = await startSandbox(latencyMs);
    const release = await holdBack(client);
    const worker = { role: 'worker', ledgerUrl, providerUrl: sandbox.url, concurrency } as const;
    const programs = await Promise.all(Array.from({ length: workers }, () => startGateway(worker)));
    const used = await measureProcessorUse({ client, workers: programs, sandbox });
    await release();
    const { receipts, seconds } = await untilRegistered(client);
    const use = await used();
    await Promise.all(programs.map((program) => program.stop()));
    await sandbox.stop();
    return {
      receiptsPerSecond: (receipts - 1) / seconds,
      use: {
        workers: use.workers / receipts,
        postgres: use.postgres / receipts,
        sandbox: use.sandbox / receipts,
      },
      processors: (use.workers + use.postgres + use.sandbox) / (seconds * 1e6),
    };
  });
}
