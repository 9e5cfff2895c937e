import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FaultListing, FaultRuleInput, Journal, SandboxOptions } from '@fiscalkit/sandbox';
import { merchants } from '../generator/merchants.js';
import { ownFile, ProgramSlot, until } from './program-slot.js';

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
  readonly faults: FaultClient;
  readonly #place: ProviderPlace;
  readonly #optionsFile: string;
  readonly #slot: ProgramSlot;

  constructor(place: ProviderPlace) {
    this.url = `http://127.0.0.1:${place.port}`;
    this.faults = new FaultClient(this.url);
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

/** How often faults struck, by their kind. */
export type FaultCounts = Readonly<Record<string, number>>;

const patience = { everyMs: 50, forMs: 3_000 };

/**
 * The provider's control interface over several lives of its process. A life begins with the rules that are in force, so that
 * no request meets a provider that does not know them yet.
 */
export class FaultClient {
  readonly #controlUrl: string;
  readonly #rules = new Set<FaultRuleInput>();
  #isUp = false;
  #atStart: readonly FaultRuleInput[] = [];
  #ids = new Map<FaultRuleInput, string>();
  #seen = new Map<string, number>();
  readonly #struck = new Map<string, number>();

  constructor(providerUrl: string) {
    this.#controlUrl = `${providerUrl}/_sandbox`;
  }

  /** The rules for a process that is about to start. */
  get rulesAtStart(): readonly FaultRuleInput[] {
    this.#atStart = [...this.#rules];
    return this.#atStart;
  }

  /** Takes over a process that has just started: learns its rules, and adds and removes what has changed since its start. */
  async begin(): Promise<void> {
    const listings = ((await this.#ask('GET', '/faults')) ?? []) as FaultListing[];
    this.#ids = new Map(this.#atStart.map((rule, index) => [rule, listings[index]?.id ?? '']));
    this.#seen = new Map();
    for (const rule of this.#rules) if (!this.#ids.has(rule)) await this.#arm(rule);
    for (const rule of this.#atStart) if (!this.#rules.has(rule)) await this.#disarm(rule);
    this.#isUp = true;
  }

  /** Notes that the process is gone: what changes from now on is for the next. */
  end(): void {
    this.#isUp = false;
  }

  async add(rules: readonly FaultRuleInput[]): Promise<void> {
    for (const rule of rules) {
      this.#rules.add(rule);
      if (this.#isUp) await this.#arm(rule);
    }
  }

  async remove(rules: readonly FaultRuleInput[]): Promise<void> {
    await this.count();
    for (const rule of rules) {
      this.#rules.delete(rule);
      if (this.#isUp) await this.#disarm(rule);
    }
  }

  /** Notes how often faults struck so far; a process that is down has told all it can. */
  async count(): Promise<FaultCounts> {
    const listings = (await this.#ask('GET', '/faults')) as FaultListing[] | null;
    for (const { id, applied, fault } of listings ?? []) {
      const more = applied - (this.#seen.get(id) ?? 0);
      this.#seen.set(id, applied);
      if (more > 0) this.#struck.set(fault.kind, (this.#struck.get(fault.kind) ?? 0) + more);
    }
    return Object.fromEntries(this.#struck);
  }

  /** What the provider has registered, of one payment or of all. */
  async journal(paymentId?: string): Promise<Journal> {
    const query = paymentId === undefined ? '' : `?payment_id=${encodeURIComponent(paymentId)}`;
    const journal = (await this.#ask('GET', `/journal${query}`)) as Journal | null;
    if (journal === null) throw new Error('the provider does not show its journal');
    return journal;
  }

  async #arm(rule: FaultRuleInput): Promise<void> {
    const [listing] = ((await this.#ask('POST', '/faults', rule)) ?? []) as FaultListing[];
    if (listing) this.#ids.set(rule, listing.id);
  }

  async #disarm(rule: FaultRuleInput): Promise<void> {
    const id = this.#ids.get(rule);
    this.#ids.delete(rule);
    if (id !== undefined) await this.#ask('DELETE', `/faults/${id}`);
  }

  /** Asks until it is answered, for a while; `null` when it was not. */
  async #ask(method: string, path: string, body?: unknown): Promise<unknown> {
    let answer: unknown = null;
    const attempt = async () => {
      try {
        const response = await fetch(`${this.#controlUrl}${path}`, {
          method,
          ...(body !== undefined && { body: JSON.stringify(body) }),
          signal: AbortSignal.timeout(10_000),
        });
        answer = await response.json();
        return true;
      } catch {
        return false;
      }
    };
    await until(attempt, patience);
    return answer;
  }
}
