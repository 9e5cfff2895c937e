import { coversEndpoint, type EndpointName } from './endpoint-name.js';
import { canStrike, type FaultRule } from './fault-rule.js';

/** A rule in force, as the control interface lists it. */
export type FaultListing = FaultRule & {
  readonly id: string;
  /** Calls that the rule covered so far. */
  readonly calls: number;
  /** Calls that its fault struck. */
  readonly applied: number;
};

/** A rule with its counters and its own source of chance, so that rules don't disturb one another. */
export class ArmedRule {
  readonly id: string;
  readonly rule: FaultRule;
  readonly #random: () => number;
  #calls = 0;
  #applied = 0;

  constructor(id: string, rule: FaultRule, random: () => number) {
    this.id = id;
    this.rule = rule;
    this.#random = random;
  }

  /** Counts a call if the rule covers it, and says whether the fault is due. */
  isDue(endpoint: EndpointName, paymentId: string | null): boolean {
    if (!this.#covers(endpoint, paymentId)) return false;
    this.#calls += 1;
    const due = this.#isOccasion();
    return due && this.#applied < (this.rule.times ?? Number.POSITIVE_INFINITY);
  }

  markApplied(): void {
    this.#applied += 1;
  }

  listing(): FaultListing {
    return { id: this.id, ...this.rule, calls: this.#calls, applied: this.#applied };
  }

  #covers(endpoint: EndpointName, paymentId: string | null): boolean {
    if (!coversEndpoint(this.rule.endpoint, endpoint) || !canStrike(this.rule.fault, endpoint)) return false;
    return this.rule.paymentId === undefined || this.rule.paymentId === paymentId;
  }

  #isOccasion(): boolean {
    const { on } = this.rule;
    if (on === undefined) return true;
    if ('call' in on) return this.#calls === on.call;
    if ('every' in on) return this.#calls % on.every === 0;
    return this.#random() < on.probability;
  }
}
