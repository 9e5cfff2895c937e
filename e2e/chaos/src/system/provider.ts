import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FaultListing, FaultRuleInput, Journal, SandboxOptions } from '@fiscalkit/sandbox';
import type { EmulatedProvider } from '../providers/emulated-provider.js';
import { ownFile, ProgramSlot, until } from './program-slot.js';

/** Time for which a receipt is pending at the provider unless a fault changes it. */
const registrationDelayMs = 150;

/** Place of the provider. */
export interface ProviderPlace {
  readonly port: number;
  readonly folder: string;
  readonly seed: number;
  readonly provider: EmulatedProvider;
}

/** The providers' APIs: a sandbox process that keeps its journal in a file. */
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

  /** Starts the process with the active fault rules. */
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
  { port, folder, seed, provider }: ProviderPlace,
  faults: NonNullable<SandboxOptions['faults']>,
): SandboxOptions {
  return {
    port,
    seed,
    registrationDelayMs,
    dataFile: join(folder, 'provider.jsonl'),
    faults,
    ...provider.sandbox,
  };
}

/** Number of calls that faults were applied to, by kind of fault. */
export type FaultCounts = Readonly<Record<string, number>>;

const answerWait = { everyMs: 50, forMs: 3_000 };

/**
 * Client of the provider's control interface, across restarts of its process. A process starts with the
 * active rules, so that no request meets a provider without them.
 */
export class FaultClient {
  readonly #controlUrl: string;
  readonly #rules = new Set<FaultRuleInput>();
  #isUp = false;
  #atStart: readonly FaultRuleInput[] = [];
  #ids = new Map<FaultRuleInput, string>();
  #seen = new Map<string, number>();
  readonly #applied = new Map<string, number>();

  constructor(providerUrl: string) {
    this.#controlUrl = `${providerUrl}/_sandbox`;
  }

  /** Rules for a process that is about to start. */
  get rulesAtStart(): readonly FaultRuleInput[] {
    this.#atStart = [...this.#rules];
    return this.#atStart;
  }

  /** Connects to a process that has just started: adds and removes the rules that changed since its start. */
  async begin(): Promise<void> {
    const listings = ((await this.#send('GET', '/faults')) ?? []) as FaultListing[];
    this.#ids = new Map(this.#atStart.map((rule, index) => [rule, listings[index]?.id ?? '']));
    this.#seen = new Map();
    for (const rule of this.#rules) if (!this.#ids.has(rule)) await this.#activate(rule);
    for (const rule of this.#atStart) if (!this.#rules.has(rule)) await this.#deactivate(rule);
    this.#isUp = true;
  }

  /** Records that the process is gone: changes from now on are for the next one. */
  end(): void {
    this.#isUp = false;
  }

  async add(rules: readonly FaultRuleInput[]): Promise<void> {
    for (const rule of rules) {
      this.#rules.add(rule);
      if (this.#isUp) await this.#activate(rule);
    }
  }

  async remove(rules: readonly FaultRuleInput[]): Promise<void> {
    await this.count();
    for (const rule of rules) {
      this.#rules.delete(rule);
      if (this.#isUp) await this.#deactivate(rule);
    }
  }

  /** Counts the calls that faults were applied to; a process that is down has been counted already. */
  async count(): Promise<FaultCounts> {
    const listings = (await this.#send('GET', '/faults')) as FaultListing[] | null;
    for (const { id, applied, fault } of listings ?? []) {
      const more = applied - (this.#seen.get(id) ?? 0);
      this.#seen.set(id, applied);
      if (more > 0) this.#applied.set(fault.kind, (this.#applied.get(fault.kind) ?? 0) + more);
    }
    return Object.fromEntries(this.#applied);
  }

  /** Returns what the provider has registered, of one payment or of all. */
  async journal(paymentId?: string): Promise<Journal> {
    const query = paymentId === undefined ? '' : `?payment_id=${encodeURIComponent(paymentId)}`;
    const journal = (await this.#send('GET', `/journal${query}`)) as Journal | null;
    if (journal === null) throw new Error('the provider does not show its journal');
    return journal;
  }

  async #activate(rule: FaultRuleInput): Promise<void> {
    const [listing] = ((await this.#send('POST', '/faults', rule)) ?? []) as FaultListing[];
    if (listing) this.#ids.set(rule, listing.id);
  }

  async #deactivate(rule: FaultRuleInput): Promise<void> {
    const id = this.#ids.get(rule);
    this.#ids.delete(rule);
    if (id !== undefined) await this.#send('DELETE', `/faults/${id}`);
  }

  /** Repeats a request until it is answered, for a while; `null` when it was not. */
  async #send(method: string, path: string, body?: unknown): Promise<unknown> {
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
    await until(attempt, answerWait);
    return answer;
  }
}
