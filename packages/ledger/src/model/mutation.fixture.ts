import type { Invariant } from './invariants.fixture.js';
import type { ModelSetup } from './model-setup.fixture.js';
import type { ModelClocks, RewindableStore } from './model-store.fixture.js';
import type { Scenario } from './scenario.fixture.js';

/** A mutation that disables one mechanism of the model, and the violation that it must cause. */
export interface Mutation {
  readonly name: string;
  readonly scenario: Scenario;
  readonly breaks: string;
  /** The invariant to watch, where another is violated first. */
  readonly watched?: Invariant;
  /** Mutated clocks of the store. */
  readonly clocks?: (clocks: ModelClocks) => ModelClocks;
  /** Mutated methods of the store. */
  readonly store?: (store: RewindableStore) => Partial<RewindableStore>;
  /** Other mutated parts of the model. */
  readonly setup?: (setup: ModelSetup) => Partial<ModelSetup>;
}

export const isDoubled = 'the sale has two documents';
export const staysOpen = 'something never becomes final';
