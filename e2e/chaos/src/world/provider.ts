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
  readonly #slot: ProgramSlot;

  constructor({ port, folder, seed }: ProviderPlace) {
    this.url = `http://127.0.0.1:${port}`;
    this.faults = new FaultDesk(this.url);
    const options: SandboxOptions = {
      port,
      seed,
      registrationDelayMs,
      dataFile: join(folder, 'provider.jsonl'),
      merchants: merchants.map(({ providerId, providerKey, inn }) => ({
        id: providerId,
        secretKey: providerKey,
        company: { inn, email: 'shop@example.com', tax_system: 'osn', payment_address: 'shop.example' },
      })),
    };
    this.#slot = new ProgramSlot(() => ({
      commandLine: [ownFile('./provider-program', import.meta.url)],
      environment: { LABORATORY_SANDBOX: JSON.stringify(options) },
      healthUrl: `${this.url}/_sandbox/health`,
      logFile: join(folder, 'provider.log'),
    }));
  }

  /** Starts it with the rules that are to be in force. */
  async start(): Promise<void> {
    this.#slot.start();
    await this.#slot.ready();
    await this.faults.begin();
  }

  async kill(): Promise<void> {
    await this.faults.count();
    await this.#slot.kill();
  }
}
