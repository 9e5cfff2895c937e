import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SandboxOptions } from '@fiscalkit/sandbox';
import { merchants } from '../plan/merchants.js';
import { FaultDesk } from './fault-desk.js';
import { ownFile } from './own-file.js';
import { ProgramSlot } from './program-slot.js';

/** How long a receipt is pending at the provider unless a fault says otherwise. */
const registrationDelayMs = 150;

/** Where the provider lives. */
export interface ProviderPlace {
  readonly port: number;
  readonly folder: string;
  readonly seed: number;
}

/** The providers' APIs, as a process of its own that keeps its books in a file. */
export class Provider {
  readonly url: string;
  readonly faults: FaultDesk;
  readonly #place: ProviderPlace;
  readonly #optionsFile: string;
  readonly #slot: ProgramSlot;

  constructor(place: ProviderPlace) {
    this.url = `http://127.0.0.1:${place.port}`;
    this.faults = new FaultDesk(this.url);
    this.#place = place;
    this.#optionsFile = join(place.folder, 'provider.json');
    this.#slot = new ProgramSlot(() => ({
      commandLine: [ownFile('./provider-program', import.meta.url), this.#optionsFile],
      environment: {},
      healthUrl: `${this.url}/_sandbox/health`,
      logFile: join(place.folder, 'provider.log'),
    }));
  }

  /** Starts it with the rules that are to be in force. */
  async start(): Promise<void> {
    const options = optionsOf(this.#place, this.faults.rulesAtStart);
    writeFileSync(this.#optionsFile, JSON.stringify(options));
    this.#slot.start();
    await this.#slot.ready();
    await this.faults.begin();
  }

  async kill(): Promise<void> {
    await this.faults.count();
    this.faults.end();
    await this.#slot.kill();
  }
}

function optionsOf(
  { port, folder, seed }: ProviderPlace,
  faults: NonNullable<SandboxOptions['faults']>,
): SandboxOptions {
  return {
    port,
    seed,
    registrationDelayMs,
    dataFile: join(folder, 'provider.jsonl'),
    faults,
    merchants: merchants.map(({ providerId, providerKey, inn }) => ({
      id: providerId,
      secretKey: providerKey,
      company: { inn, email: 'shop@example.com', tax_system: 'osn', payment_address: 'shop.example' },
    })),
  };
}
