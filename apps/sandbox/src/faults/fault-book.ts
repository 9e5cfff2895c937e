import { ArmedRule, type CallSubject, type FaultListing } from './armed-rule.js';
import type { FaultControl } from './fault-control.js';
import { type FaultPlan, planFaults } from './fault-plan.js';
import type { FaultRule, FaultRuleInput } from './fault-rule.js';
import { readFaultRules } from './read-fault-rules.js';
import { seededRandom } from './seeded-random.js';

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
