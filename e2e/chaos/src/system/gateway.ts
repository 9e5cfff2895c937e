import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { administratorKey, merchants } from '../generator/merchants.js';
import type { TakenOut } from '../safeties/take-out.js';
import { ownFile, ProgramSlot } from './program-slot.js';

export type GatewayRole = 'all' | 'api' | 'worker';

/** What a gateway is run with. */
export interface GatewaySettings {
  readonly name: string;
  readonly role: GatewayRole;
  readonly port: number;
  readonly folder: string;
  readonly configurationFile: string;
  readonly ledgerUrl: string;
  /** Files to load in place of others; `null` for none. */
  readonly copies: TakenOut | null;
}

/** One gateway, as a process of its own with a clock that can be shifted. */
export class Gateway {
  readonly name: string;
  readonly role: GatewayRole;
  readonly url: string;
  readonly slot: ProgramSlot;
  readonly #clockFile: string;

  constructor(settings: GatewaySettings) {
    const { name, role, port, folder, configurationFile, ledgerUrl, copies } = settings;
    this.name = name;
    this.role = role;
    this.url = `http://127.0.0.1:${port}`;
    this.#clockFile = join(folder, `${name}.clock`);
    this.setClock(0);
    const preloads = ['./shifted-clock', ...(copies ? ['../safeties/load-copies'] : [])];
    const program = fileURLToPath(new URL('main.js', import.meta.resolve('@fiscalkit/gateway')));
    this.slot = new ProgramSlot(() => ({
      commandLine: [...preloads.flatMap((name) => ['--import', ownFile(name, import.meta.url)]), program],
      environment: {
        ...gatewaySecrets(ledgerUrl),
        ...copies?.environment,
        LABORATORY_CLOCK: this.#clockFile,
        FISCALKIT_CONFIG: configurationFile,
        FISCALKIT_ROLE: role,
        PORT: String(port),
      },
      healthUrl: `${this.url}/health/live`,
      logFile: join(folder, `${name}.log`),
    }));
  }

  /** Sets by how many milliseconds its clock is wrong; a running process notices within some milliseconds. */
  setClock(offsetMs: number): void {
    writeFileSync(this.#clockFile, String(offsetMs));
  }
}

/**
 * How long one attempt may take, and how long the provider may go on with a request that was given up. The provider's delays
 * before processing stay below the second; a shorter time would make the laboratory itself double documents.
 */
const attemptMs = 1_000;
const settlesWithinMs = 2_500;

/** The configuration file of every gateway; secrets are in the environment. */
export function gatewayConfiguration(providerUrl: string): object {
  return {
    host: '127.0.0.1',
    logLevel: 'warn',
    ledgerUrl: { env: 'LABORATORY_LEDGER_URL' },
    adminKey: { env: 'LABORATORY_ADMIN_KEY' },
    merchants: merchants.map(({ id, inn, providerId }) => ({
      id,
      secretKey: { env: variable('SIGNATURE', id) },
      apiKey: { env: variable('API_KEY', id) },
      company: { inn, tax_system: 'osn', payment_address: 'shop.example', email: 'shop@example.com' },
      freedompay: {
        baseUrl: providerUrl,
        merchantId: providerId,
        secretKey: { env: variable('PROVIDER', id) },
        attemptMs,
        settlesWithinMs,
      },
      fiscalbox: { baseUrl: providerUrl, attemptMs },
    })),
  };
}

/** The environment that the configuration file refers to. */
function gatewaySecrets(ledgerUrl: string): Record<string, string> {
  const ofMerchants = merchants.flatMap(({ id, secretKey, apiKey, providerKey }) => [
    [variable('SIGNATURE', id), secretKey],
    [variable('API_KEY', id), apiKey],
    [variable('PROVIDER', id), providerKey],
  ]);
  return {
    LABORATORY_LEDGER_URL: ledgerUrl,
    LABORATORY_ADMIN_KEY: administratorKey,
    ...Object.fromEntries(ofMerchants),
  };
}

function variable(what: string, merchantId: string): string {
  return `LABORATORY_${what}_${merchantId}`;
}
