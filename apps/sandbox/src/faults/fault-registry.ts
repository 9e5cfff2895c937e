import { ActiveFaultRule, type CallSubject, type FaultListing } from './active-fault-rule.js';
import { type FaultPlan, planFaults } from './fault-plan.js';
import { type FaultRule, type FaultRuleInput, readFaultRules } from './fault-rule.js';

/** Interface by which a test injects faults. */
export interface FaultControl {
  /** Adds rules, all or none. Throws `sandbox.fault.invalid` with every fault in them. */
  add(rules: FaultRuleInput | readonly FaultRuleInput[]): FaultListing[];
  list(): FaultListing[];
  /** Removes one rule, or all; returns how many were removed. */
  clear(id?: string): number;
}

/** Registry of the fault rules in force. */
export class FaultRegistry implements FaultControl {
  readonly #seed: number;
  readonly #initial: readonly FaultRule[];
  #active: ActiveFaultRule[] = [];
  #added = 0;

  constructor(seed: number, initial: readonly FaultRuleInput[]) {
    this.#seed = seed;
    this.#initial = readFaultRules(initial);
    this.reset();
  }

  add(rules: unknown): FaultListing[] {
    return readFaultRules(rules).map((rule) => this.#activate(rule).listing());
  }

  list(): FaultListing[] {
    return this.#active.map((active) => active.listing());
  }

  clear(id?: string): number {
    const before = this.#active.length;
    this.#active = id === undefined ? [] : this.#active.filter((active) => active.id !== id);
    return before - this.#active.length;
  }

  /** Restores the rules of the start, with counters and random sources as they were then. */
  reset(): void {
    this.#active = [];
    this.#added = 0;
    for (const rule of this.#initial) this.#activate(rule);
  }

  /** Counts one call in every rule and returns the faults to inject into it. */
  plan(subject: CallSubject): FaultPlan {
    return planFaults(this.#active.filter((active) => active.isDue(subject)));
  }

  #activate(rule: FaultRule): ActiveFaultRule {
    this.#added += 1;
    const random = seededRandom(Math.imul(this.#seed + this.#added, 0x9e3779b1));
    const active = new ActiveFaultRule(`fault-${this.#added}`, rule, random);
    this.#active.push(active);
    return active;
  }
}

/** Returns a generator of numbers in [0, 1) that depend on the seed alone (mulberry32). */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
