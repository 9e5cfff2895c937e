import type { LedgerStore } from '../store/ledger-store.js';
import type { BreakerState } from './circuit-breaker.js';
import { Lane } from './lane.js';
import type { LaneParts } from './lane-parts.js';
import { defaultLaneSettings, type LaneSettings } from './lane-settings.js';

/** What a dispatcher works with. */
export interface DispatcherParts extends Omit<LaneParts, 'provider' | 'settings'> {
  readonly store: LedgerStore;
  /** For every provider; `lanesByProvider` goes before it. */
  readonly lanes?: Partial<LaneSettings>;
  readonly lanesByProvider?: Readonly<Record<string, Partial<LaneSettings>>>;
}

/** Runs one lane per provider. */
export class Dispatcher {
  readonly #parts: DispatcherParts;
  readonly #lanes = new Map<string, Lane>();
  #stopListening: () => void = () => {};

  constructor(parts: DispatcherParts) {
    this.#parts = parts;
  }

  /** Starts delivering to these providers. */
  start(providers: Iterable<string>): void {
    for (const provider of providers) this.#laneOf(provider).start();
    this.#stopListening();
    this.#stopListening = this.#parts.store.onWake(() => {
      for (const lane of this.#lanes.values()) lane.wake();
    });
  }

  /** Says that an entry of the provider may be due. */
  wake(provider: string): void {
    this.#lanes.get(provider)?.wake();
  }

  /** Stops claiming, gives the calls under way a grace, cuts off the rest; resolves when their results are written. */
  async stop(graceMs: number): Promise<void> {
    this.#stopListening();
    await Promise.all(Array.from(this.#lanes.values(), (lane) => lane.stop(graceMs)));
    this.#lanes.clear();
  }

  breakers(): Record<string, BreakerState> {
    return Object.fromEntries(Array.from(this.#lanes, ([provider, lane]) => [provider, lane.breakerState()]));
  }

  #laneOf(provider: string): Lane {
    const known = this.#lanes.get(provider);
    if (known) return known;
    const { lanes, lanesByProvider, ...parts } = this.#parts;
    const settings = { ...defaultLaneSettings, ...lanes, ...lanesByProvider?.[provider] };
    const lane = new Lane({ ...parts, provider, settings });
    this.#lanes.set(provider, lane);
    return lane;
  }
}
