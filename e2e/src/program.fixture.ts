import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** One of our programs, running as a process of its own. */
export interface Program {
  readonly url: string;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
  /** Asks it to end, and answers its exit status. */
  stop(): Promise<number | null>;
}

const running = new Set<ChildProcess>();

/** Ends whatever a test left running. */
export async function endAll(): Promise<void> {
  await Promise.all([...running].map((child) => end(child, 'SIGKILL')));
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    child.kill(signal);
    await once(child, 'exit');
  }
  running.delete(child);
  return child.exitCode;
}

/** A port that nothing listens on just now. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

/** Reads what the program prints until one line names where it listens. */
async function untilListening(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('the program has no standard output');
  for await (const text of createInterface(child.stdout)) {
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(text)?.[0];
    if (url) {
      child.stdout.resume();
      return url;
    }
  }
  throw new Error(`the program ended before it listened (exit status ${child.exitCode})`);
}

export interface ProgramOptions {
  readonly commandLine?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Told whatever the program prints; its errors are printed with the test's own when absent. */
  readonly listen?: (text: string) => void;
}

/** Starts the program of a package, and waits until it says where it listens. */
export async function startProgram(
  entry: string,
  { commandLine = [], environment = {}, listen }: ProgramOptions,
): Promise<Program> {
  const main = fileURLToPath(entry).replace(/index\.js$/, 'main.js');
  const child = spawn(process.execPath, [main, ...commandLine], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', listen ? 'pipe' : 'inherit'],
  });
  running.add(child);
  if (listen)
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => listen(`${chunk}`));
  const url = await untilListening(child);
  return {
    url,
    kill: async () => {
      await end(child, 'SIGKILL');
    },
    stop: () => end(child, 'SIGTERM'),
  };
}

export interface SandboxProgram {
  /** URL of the program's entry; the workspace's own when absent. */
  readonly entry?: string;
  readonly port?: number;
  /** File that its books survive in. */
  readonly data: string;
  readonly registrationDelayMs?: number;
}

/** Starts the sandbox. */
export function startSandboxProgram({
  entry = import.meta.resolve('@fiscalkit/sandbox'),
  port = 0,
  data,
  registrationDelayMs = 50,
}: SandboxProgram): Promise<Program> {
  const delay = String(registrationDelayMs);
  return startProgram(entry, {
    commandLine: ['--port', String(port), '--data', data, '--registration-delay-ms', delay],
  });
}

export interface GatewayProgram {
  /** URL of the program's entry; the workspace's own when absent. */
  readonly entry?: string;
  readonly sandboxUrl: string;
  readonly ledgerUrl: string;
  readonly role?: string;
}

/** Starts a gateway with the demo merchant, towards the sandbox. */
export function startGatewayProgram({
  entry = import.meta.resolve('@fiscalkit/gateway'),
  sandboxUrl,
  ledgerUrl,
  role = 'all',
}: GatewayProgram): Promise<Program> {
  return startProgram(entry, {
    environment: {
      FISCALKIT_DEMO: '1',
      FISCALKIT_FREEDOMPAY_URL: sandboxUrl,
      FISCALKIT_FISCALBOX_URL: sandboxUrl,
      FISCALKIT_LEDGER_URL: ledgerUrl,
      FISCALKIT_ROLE: role,
      HOST: '127.0.0.1',
      PORT: '0',
    },
  });
}
