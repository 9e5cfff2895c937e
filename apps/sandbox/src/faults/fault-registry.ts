import { ActiveFaultRule, type CallSubject, type FaultListing } from './active-fault-rule.js';
import { type FaultPlan, planFaults } from './fault-plan.js';
import { type FaultRule, type FaultRuleInput, readFaultRules } from './fault-rule.js';

/** How a test makes things go wrong. */
export interface FaultControl {
  /** Puts rules in force. Throws `sandbox.fault.invalid` with every fault of the rules, and then adds none. */
  add(rules: FaultRuleInput | readonly FaultRuleInput[]): FaultListing[];
  list(): FaultListing[];
  /** Takes one rule out of force, or all; says how many there were. */
  clear(id?: string): number;
}

/** The rules in force. */
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

  /** Back to the rules given at the start, with counters and chance as they were then. */
  reset(): void {
    this.#active = [];
    this.#added = 0;
    for (const rule of this.#initial) this.#activate(rule);
  }

  /** Counts one call in every rule and says what goes wrong with it. */
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

/** Numbers in [0, 1) that depend on the seed alone (the mulberry32 generator). */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
