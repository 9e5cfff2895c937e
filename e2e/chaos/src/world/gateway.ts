import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TakenOut } from '../safeties/take-out.js';
import { gatewaySecrets } from './gateway-configuration.js';
import { ownFile } from './own-file.js';
import { ProgramSlot } from './program-slot.js';

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
