import type { Promised } from './broken-promise.fixture.js';
import type { ModelClocks, RewindableStore } from './model-store.fixture.js';
import type { Scenario } from './scenario.fixture.js';
import type { WorldParts } from './world-parts.fixture.js';

/** One safety that is taken out of a world, and what must go wrong then. */
export interface MissingSafety {
  readonly name: string;
  readonly scenario: Scenario;
  readonly breaks: string;
  /** The promise to watch, where another breaks first. */
  readonly watched?: Promised;
  /** What the store tells the time by, without it. */
  readonly clocks?: (clocks: ModelClocks) => ModelClocks;
  /** Methods of the store that do without it. */
  readonly store?: (store: RewindableStore) => Partial<RewindableStore>;
  /** Other parts of the world that do without it. */
  readonly parts?: (parts: WorldParts) => Partial<WorldParts>;
}

export const isDoubled = 'the sale has two documents';
export const staysOpen = 'something never becomes final';
