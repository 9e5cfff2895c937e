import { coversEndpoint, type EndpointName } from './endpoint-name.js';
import { canApply, type FaultRule } from './fault-rule.js';

/** A fault rule in force, as the control interface lists it. */
export type FaultListing = FaultRule & {
  readonly id: string;
  /** Number of calls that matched the rule. */
  readonly calls: number;
  /** Number of calls to which its fault was applied. */
  readonly applied: number;
};

/** Properties of a call that fault rules match on. */
export interface CallSubject {
  readonly endpoint: EndpointName;
  readonly paymentId: string | null;
  /** Operation of a receipt that is to be registered; `null` for any other call. */
  readonly operationType: string | null;
}

/** A fault rule with its counters and its own random source, so that rules don't influence one another. */
export class ActiveFaultRule {
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

  /** Counts a call that the rule matches and returns whether its fault is due. */
  isDue(subject: CallSubject): boolean {
    if (!this.#matches(subject)) return false;
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

  #matches({ endpoint, paymentId, operationType }: CallSubject): boolean {
    const { rule } = this;
    if (!coversEndpoint(rule.endpoint, endpoint) || !canApply(rule.fault, endpoint)) return false;
    if (rule.operationType !== undefined && rule.operationType !== operationType) return false;
    return rule.paymentId === undefined || rule.paymentId === paymentId;
  }

  #isOccasion(): boolean {
    const { on } = this.rule;
    if (on === undefined) return true;
    if ('call' in on) return this.#calls === on.call;
    if ('every' in on) return this.#calls % on.every === 0;
    return this.#random() < on.probability;
  }
}
