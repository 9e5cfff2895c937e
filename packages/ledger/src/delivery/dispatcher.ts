import type { Entry } from '../entry/entry.js';
import type { BreakerState } from '../entry/signals.js';
import type { LedgerStore } from '../store/ledger-store.js';
import { Places } from './places.js';
import { Lane, type TroubledAccount } from './provider-queue.js';
import { defaultLaneSettings, type LaneParts, type LaneSettings } from './queue-settings.js';

/** What a dispatcher works with. */
export interface DispatcherParts extends Omit<LaneParts, 'provider' | 'settings' | 'places' | 'placeFreed'> {
  readonly store: LedgerStore;
  /** Calls at the same time to all accounts; what is right for the lanes when absent. */
  readonly mostCalls?: number;
  /** For every provider; `lanesByProvider` goes before it. */
  readonly lanes?: Partial<LaneSettings>;
  readonly lanesByProvider?: Readonly<Record<string, Partial<LaneSettings>>>;
}

type Settings = { readonly [Name in 'lanes' | 'lanesByProvider']?: DispatcherParts[Name] | undefined };

const usualMostCalls = 256;

/** Runs one lane per provider. */
export class Dispatcher {
  readonly #parts: DispatcherParts;
  readonly #lanes = new Map<string, Lane>();
  readonly #places: Places;
  #stopListening: () => void = () => {};

  constructor(parts: DispatcherParts) {
    this.#parts = parts;
    this.#places = new Places(parts.mostCalls ?? rightForLanes(parts));
  }

  /** Starts delivering to these providers. */
  start(providers: Iterable<string>): void {
    for (const provider of providers) this.#laneOf(provider).start();
    this.#stopListening();
    this.#stopListening = this.#parts.store.onWake(() => {
      for (const lane of this.#lanes.values()) lane.wakeAll();
    });
  }

  /** Says that an entry may be due. */
  wake({ provider, account, merchant }: Pick<Entry, 'provider' | 'account' | 'merchant'>): void {
    this.#lanes.get(provider)?.wake({ account, merchant });
  }

  /** Stops claiming, gives the calls under way a grace, cuts off the rest; resolves when their results are written. */
  async stop(graceMs: number): Promise<void> {
    this.#stopListening();
    await Promise.all(Array.from(this.#lanes.values(), (lane) => lane.stop(graceMs)));
    this.#lanes.clear();
  }

  /** Per provider, the state of the breaker that is worst off. */
  breakers(): Record<string, BreakerState> {
    return Object.fromEntries(Array.from(this.#lanes, ([provider, lane]) => [provider, lane.breakerState()]));
  }

  troubledAccounts(): TroubledAccount[] {
    return Array.from(this.#lanes.values()).flatMap((lane) => lane.troubledAccounts());
  }

  #laneOf(provider: string): Lane {
    const known = this.#lanes.get(provider);
    if (known) return known;
    const placeFreed = () => {
      for (const each of this.#lanes.values()) each.refill();
    };
    const settings = settingsOf(this.#parts, provider);
    const lane = new Lane({ ...this.#parts, places: this.#places, placeFreed, provider, settings });
    this.#lanes.set(provider, lane);
    return lane;
  }
}

function settingsOf({ lanes, lanesByProvider }: Settings, provider: string): LaneSettings {
  return { ...defaultLaneSettings, ...lanes, ...lanesByProvider?.[provider] };
}

/** One account alone must be able to have all the calls that its lane allows it, and leave room for others. */
function rightForLanes({ lanes, lanesByProvider = {} }: Settings): number {
  const each = Object.keys(lanesByProvider).map((provider) =>
    settingsOf({ lanes, lanesByProvider }, provider),
  );
  const largest = Math.max(...[...each, settingsOf({ lanes }, '')].map(({ concurrency }) => concurrency));
  return Math.max(usualMostCalls, 2 * largest);
}
