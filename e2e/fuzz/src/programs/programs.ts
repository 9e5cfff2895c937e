import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgresServer } from '@fiscalkit/postgres-server';
import {
  type Program,
  type ProgramOptions,
  startGatewayProgram,
  startSandboxProgram,
} from '@fiscalkit/testing';
import { adminKey } from './shop.js';

/** A program that is fuzzed. */
export interface RunningProgram {
  readonly name: string;
  readonly program: Program;
  /** Last lines of its output. */
  lastLines(): string;
}

/** Two gateways, one on each store, and their sandbox. */
export interface RunningPrograms extends AsyncDisposable {
  readonly ports: Programs;
  readonly gateways: readonly RunningProgram[];
  readonly all: readonly RunningProgram[];
}

const gatewayEnvironment = {
  // Short, so that broken requests are answered within the time of a case.
  FISCALKIT_REQUEST_TIMEOUT_MS: '1000',
  FISCALKIT_ADMIN_KEY: adminKey,
  // Quotas would refuse most cases before anything reads them.
  FISCALKIT_REQUESTS_PER_SECOND: 'none',
  FISCALKIT_MAX_FAILED_AUTHENTICATIONS: 'none',
};

/** Starts the programs on free ports and in a temporary folder. */
export async function startPrograms(): Promise<RunningPrograms> {
  await using started = new AsyncDisposableStack();
  const folder = mkdtempSync(join(tmpdir(), 'fiscalkit-fuzz-'));
  started.defer(() => rmSync(folder, { recursive: true, force: true }));
  const start = async (...named: Parameters<typeof startNamed>) =>
    started.adopt(await startNamed(...named), async ({ program }) => {
      await program.stop();
    });

  const sandbox = await start('sandbox', (output) =>
    startSandboxProgram({ registrationDelayMs: 0, ...output }),
  );
  const startGateway = (name: string, ledgerUrl: string) =>
    start(name, (output) =>
      startGatewayProgram({
        ledgerUrl,
        providersUrl: sandbox.program.url,
        environment: gatewayEnvironment,
        ...output,
      }),
    );
  const gateway = await startGateway('gateway', `sqlite:${join(folder, 'ledger.sqlite')}`);
  const server = started.adopt(await startPostgresServer(), (running) => running.stop());
  const postgresGateway = await startGateway('gateway on PostgreSQL', server.connectionString);

  const stack = started.move();
  return {
    ports: { gateway: portOf(gateway), postgresGateway: portOf(postgresGateway), sandbox: portOf(sandbox) },
    gateways: [gateway, postgresGateway],
    all: [gateway, postgresGateway, sandbox],
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

const linesKept = 20;

/** Starts a program and keeps the last lines of its output; rejects with them when it does not start. */
async function startNamed(
  name: string,
  start: (output: Pick<ProgramOptions, 'onOutput'>) => Promise<Program>,
): Promise<RunningProgram> {
  let lines = [''];
  const onOutput = (text: string) => {
    lines = `${lines.join('\n')}${text}`.split('\n').slice(-linesKept - 1);
  };
  const lastLines = () => lines.join('\n').trimEnd();
  try {
    return { name, program: await start({ onOutput }), lastLines };
  } catch (cause) {
    throw new Error(`the ${name} ended before it listened:\n${lastLines()}`, { cause });
  }
}

function portOf({ program }: RunningProgram): number {
  return Number(new URL(program.url).port);
}

/** Ports of the programs that are fuzzed over HTTP. */
export interface Programs {
  /** The gateway on SQLite. */
  readonly gateway: number;
  /** The gateway on PostgreSQL. */
  readonly postgresGateway: number;
  readonly sandbox: number;
}

/** Ports for targets that call no program. */
export const noPrograms: Programs = { gateway: 0, postgresGateway: 0, sandbox: 0 };
