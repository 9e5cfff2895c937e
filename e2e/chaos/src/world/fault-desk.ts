import type { FaultListing, FaultRuleInput, Journal } from '@fiscalkit/sandbox';
import { until } from './until.js';

/** How often faults struck, by their kind. */
export type FaultCounts = Readonly<Record<string, number>>;

const patience = { everyMs: 50, forMs: 3_000 };

/** The provider's control interface over several lives of its process: a life forgets the rules of the one before. */
export class FaultDesk {
  readonly #controlUrl: string;
  readonly #rules = new Set<FaultRuleInput>();
  #ids = new Map<FaultRuleInput, string>();
  #seen = new Map<string, number>();
  readonly #struck = new Map<string, number>();

  constructor(providerUrl: string) {
    this.#controlUrl = `${providerUrl}/_sandbox`;
  }

  /** Sets the rules in a process that has just started. */
  async begin(): Promise<void> {
    this.#ids = new Map();
    this.#seen = new Map();
    for (const rule of this.#rules) await this.#arm(rule);
  }

  async add(rules: readonly FaultRuleInput[]): Promise<void> {
    for (const rule of rules) {
      this.#rules.add(rule);
      await this.#arm(rule);
    }
  }

  async remove(rules: readonly FaultRuleInput[]): Promise<void> {
    await this.count();
    for (const rule of rules) {
      this.#rules.delete(rule);
      const id = this.#ids.get(rule);
      this.#ids.delete(rule);
      if (id !== undefined) await this.#ask('DELETE', `/faults/${id}`);
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

  /** What the provider has registered. */
  async journal(): Promise<Journal> {
    const journal = (await this.#ask('GET', '/journal')) as Journal | null;
    if (journal === null) throw new Error('the provider does not show its journal');
    return journal;
  }

  async #arm(rule: FaultRuleInput): Promise<void> {
    const [listing] = ((await this.#ask('POST', '/faults', rule)) ?? []) as FaultListing[];
    if (listing) this.#ids.set(rule, listing.id);
  }

  /** Asks until it is answered, for a while and within one life; `null` when it was not. */
  async #ask(method: string, path: string, body?: unknown): Promise<unknown> {
    const life = this.#ids;
    let answer: unknown = null;
    const attempt = async () => {
      if (this.#ids !== life) return true;
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
