import { join } from 'node:path';
import { type Program, startProgram } from './program.js';

export interface SandboxProgram {
  /** URL of the program's entry; the workspace's own when absent. */
  readonly entry?: string;
  /** A free one when absent. */
  readonly port?: number;
  /** File that its journal survives in; none when absent. */
  readonly data?: string;
  readonly registrationDelayMs?: number;
  /** Fault rules that are active from the start. */
  readonly faults?: readonly object[];
  readonly onOutput?: (text: string) => void;
}

/** Starts the sandbox. */
export function startSandboxProgram({
  entry = import.meta.resolve('@fiscalkit/sandbox'),
  port = 0,
  data,
  registrationDelayMs = 50,
  faults = [],
  onOutput,
}: SandboxProgram): Promise<Program> {
  const options = {
    '--port': port,
    '--registration-delay-ms': registrationDelayMs,
    ...(data !== undefined && { '--data': data }),
    ...(faults.length > 0 && { '--faults': JSON.stringify(faults) }),
  };
  const commandLine = Object.entries(options).flatMap(([name, value]) => [name, String(value)]);
  return startProgram(entry, { commandLine, ...(onOutput && { onOutput }) });
}

export interface GatewayProgram {
  /** URL of the program's entry; the workspace's own when absent. */
  readonly entry?: string;
  /** Where both providers' APIs are. */
  readonly providersUrl: string;
  readonly ledgerUrl: string;
  readonly role?: 'all' | 'api' | 'worker';
  /** More of the gateway's variables. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly onOutput?: (text: string) => void;
}

/** Starts a gateway with the demo merchant on a free port. */
export function startGatewayProgram({
  entry = import.meta.resolve('@fiscalkit/gateway'),
  providersUrl,
  ledgerUrl,
  role = 'all',
  environment = {},
  onOutput,
}: GatewayProgram): Promise<Program> {
  return startProgram(entry, {
    environment: {
      FISCALKIT_DEMO: '1',
      FISCALKIT_FREEDOMPAY_URL: providersUrl,
      FISCALKIT_FISCALBOX_URL: providersUrl,
      FISCALKIT_LEDGER_URL: ledgerUrl,
      FISCALKIT_ROLE: role,
      HOST: '127.0.0.1',
      PORT: '0',
      ...environment,
    },
    ...(onOutput && { onOutput }),
  });
}

export interface GatewayWithSandboxOptions {
  /** Where the ledger and the sandbox's journal are kept. */
  readonly folder: string;
  /** A SQLite file in the folder when absent. */
  readonly ledgerUrl?: string;
  readonly registrationDelayMs?: number;
}

export interface GatewayWithSandbox {
  readonly sandbox: Program;
  readonly gateway: Program;
  readonly ledgerUrl: string;
  /** Starts another gateway on the same ledger. */
  startGateway(): Promise<Program>;
}

/** Starts the sandbox, and a gateway that delivers to it. */
export async function startGatewayWithSandbox({
  folder,
  ledgerUrl = `sqlite:${join(folder, 'ledger.sqlite')}`,
  registrationDelayMs = 50,
}: GatewayWithSandboxOptions): Promise<GatewayWithSandbox> {
  const sandbox = await startSandboxProgram({ data: join(folder, 'sandbox.jsonl'), registrationDelayMs });
  const startGateway = () => startGatewayProgram({ providersUrl: sandbox.url, ledgerUrl });
  return { sandbox, gateway: await startGateway(), ledgerUrl, startGateway };
}
