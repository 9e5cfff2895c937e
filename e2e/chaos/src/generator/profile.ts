import type { FaultRuleInput, WritingWay } from '@fiscalkit/sandbox';
import type { FaultGenerator } from '../nemesis/draw-fault.js';
import type { Weighted } from './chance.js';

/** Whether a receipt can be identified after these rewritings. */
export function isLegible(writing: readonly WritingWay[]): boolean {
  return !writing.some((way) => way === 'minor-total' || way.startsWith('without:'));
}

/** Faults that a run injects, and how often. */
export interface Profile {
  /** Generators of the faults between kills. */
  readonly besidesKills: readonly [Weighted<FaultGenerator>, ...Weighted<FaultGenerator>[]];
  /** Number of these faults for every kill. */
  readonly perKill: number;
  /** Rules by which the provider rewrites what it registers, to the end. */
  readonly writing: readonly FaultRuleInput[];
  /** Fault rules of the provider until the last document was submitted. */
  readonly standingFaults: readonly FaultRuleInput[];
  /** Generators of outages that outlast what the provider remembers; they follow one another in turn. */
  readonly outages?: readonly FaultGenerator[];
}

/** Profiles by name. Those named after a ledger have all faults that it can meet. */
export type Profiles = Readonly<Record<string, Profile>> & Readonly<Record<'sqlite' | 'postgres', Profile>>;
