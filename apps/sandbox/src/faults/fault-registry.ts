import { ArmedRule, type CallSubject, type FaultListing } from './active-fault-rule.js';
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
export class FaultBook implements FaultControl {
  readonly #seed: number;
  readonly #initial: readonly FaultRule[];
  #armed: ArmedRule[] = [];
  #added = 0;

  constructor(seed: number, initial: readonly FaultRuleInput[]) {
    this.#seed = seed;
    this.#initial = readFaultRules(initial);
    this.reset();
  }

  add(rules: unknown): FaultListing[] {
    return readFaultRules(rules).map((rule) => this.#arm(rule).listing());
  }

  list(): FaultListing[] {
    return this.#armed.map((armed) => armed.listing());
  }

  clear(id?: string): number {
    const before = this.#armed.length;
    this.#armed = id === undefined ? [] : this.#armed.filter((armed) => armed.id !== id);
    return before - this.#armed.length;
  }

  /** Back to the rules given at the start, with counters and chance as they were then. */
  reset(): void {
    this.#armed = [];
    this.#added = 0;
    for (const rule of this.#initial) this.#arm(rule);
  }

  /** Counts one call in every rule and says what goes wrong with it. */
  plan(subject: CallSubject): FaultPlan {
    return planFaults(this.#armed.filter((armed) => armed.isDue(subject)));
  }

  #arm(rule: FaultRule): ArmedRule {
    this.#added += 1;
    const random = seededRandom(Math.imul(this.#seed + this.#added, 0x9e3779b1));
    const armed = new ArmedRule(`fault-${this.#added}`, rule, random);
    this.#armed.push(armed);
    return armed;
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
