import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgresServer } from '@fiscalkit/postgres-server';
import type { Programs } from './programs.js';
import { adminKey } from './shop.js';
import { type RunningProgram, startProgram } from './start-program.js';

/** How long a gateway waits for a request to arrive whole: short, so that broken ones are answered within a case. */
const requestTimeoutMs = 1_000;

/** Two gateways, one on each store, and the sandbox behind them. */
export interface RunningPrograms extends AsyncDisposable {
  readonly ports: Programs;
  readonly gateways: readonly RunningProgram[];
  readonly all: readonly RunningProgram[];
}

/** Starts them, on ports and in a folder of their own. */
export async function startPrograms(): Promise<RunningPrograms> {
  await using started = new AsyncDisposableStack();
  const folder = mkdtempSync(join(tmpdir(), 'fiscalkit-fuzz-'));
  started.defer(() => rmSync(folder, { recursive: true, force: true }));
  const start = async (...program: Parameters<typeof startProgram>) =>
    started.use(await startProgram(...program));

  const commandLine = ['--port', '0', '--registration-delay-ms', '0'];
  const sandbox = await start('sandbox', import.meta.resolve('@fiscalkit/sandbox'), { commandLine });
  const startGateway = (name: string, ledgerUrl: string) =>
    start(name, import.meta.resolve('@fiscalkit/gateway'), {
      environment: gatewayEnvironment(ledgerUrl, `http://127.0.0.1:${sandbox.port}`),
    });
  const gateway = await startGateway('gateway', `sqlite:${join(folder, 'ledger.sqlite')}`);
  const server = started.adopt(await startPostgresServer(), (running) => running.stop());
  const postgresGateway = await startGateway('gateway on PostgreSQL', server.connectionString);

  const stack = started.move();
  return {
    ports: { gateway: gateway.port, postgresGateway: postgresGateway.port, sandbox: sandbox.port },
    gateways: [gateway, postgresGateway],
    all: [gateway, postgresGateway, sandbox],
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

function gatewayEnvironment(ledgerUrl: string, providersUrl: string): Record<string, string> {
  return {
    FISCALKIT_DEMO: '1',
    FISCALKIT_FREEDOMPAY_URL: providersUrl,
    FISCALKIT_FISCALBOX_URL: providersUrl,
    FISCALKIT_LEDGER_URL: ledgerUrl,
    FISCALKIT_REQUEST_TIMEOUT_MS: String(requestTimeoutMs),
    FISCALKIT_ADMIN_KEY: adminKey,
    // Quotas would turn most of the cases away before anything reads them.
    FISCALKIT_REQUESTS_PER_SECOND: 'none',
    FISCALKIT_MAX_FAILED_AUTHENTICATIONS: 'none',
    HOST: '127.0.0.1',
    PORT: '0',
  };
}
