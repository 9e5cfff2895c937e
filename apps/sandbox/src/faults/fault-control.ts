import type { FaultListing } from './armed-rule.js';
import type { FaultRuleInput } from './fault-rule.js';

/** How a test makes things go wrong. */
export interface FaultControl {
  /** Puts rules in force. Throws `sandbox.fault.invalid` with every fault of the rules, and then adds none. */
  add(rules: FaultRuleInput | readonly FaultRuleInput[]): FaultListing[];
  list(): FaultListing[];
  /** Takes one rule out of force, or all; says how many there were. */
  clear(id?: string): number;
}
