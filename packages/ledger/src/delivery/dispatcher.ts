import type { Entry } from '../entry/entry.js';
import type { BreakerState } from '../entry/signals.js';
import type { LedgerStore } from '../store/ledger-store.js';
import { Places } from './places.js';
import { ProviderQueue, type TroubledAccount } from './provider-queue.js';
import { defaultQueueSettings, type QueueDependencies, type QueueSettings } from './queue-settings.js';

/** Dependencies of a dispatcher. */
export interface DispatcherDependencies
  extends Omit<QueueDependencies, 'provider' | 'settings' | 'places' | 'placeFreed'> {
  readonly store: LedgerStore;
  /** Calls at the same time to all accounts; derived from the queues when absent. */
  readonly mostCalls?: number;
  /** Settings for every provider; `providers` takes precedence. */
  readonly defaults?: Partial<QueueSettings>;
  readonly providers?: Readonly<Record<string, Partial<QueueSettings>>>;
}

type Settings = { readonly [Name in 'defaults' | 'providers']?: DispatcherDependencies[Name] | undefined };

const usualMostCalls = 256;

/** Runs one queue per provider. */
export class Dispatcher {
  readonly #dependencies: DispatcherDependencies;
  readonly #queues = new Map<string, ProviderQueue>();
  readonly #places: Places;
  #stopListening: () => void = () => {};

  constructor(dependencies: DispatcherDependencies) {
    this.#dependencies = dependencies;
    this.#places = new Places(dependencies.mostCalls ?? placesOfQueues(dependencies));
  }

  /** Starts delivery to these providers. */
  start(providers: Iterable<string>): void {
    for (const provider of providers) this.#queueOf(provider).start();
    this.#stopListening();
    this.#stopListening = this.#dependencies.store.onWake(() => {
      for (const queue of this.#queues.values()) queue.wakeAll();
    });
  }

  /** Signals that an entry may be due. */
  wake({ provider, account, merchant }: Pick<Entry, 'provider' | 'account' | 'merchant'>): void {
    this.#queues.get(provider)?.wake({ account, merchant });
  }

  /** Stops claiming, aborts the calls that outlast the grace; resolves when their results are written. */
  async stop(graceMs: number): Promise<void> {
    this.#stopListening();
    await Promise.all(Array.from(this.#queues.values(), (queue) => queue.stop(graceMs)));
    this.#queues.clear();
  }

  /** Returns, per provider, the worst state of its breakers. */
  breakers(): Record<string, BreakerState> {
    return Object.fromEntries(
      Array.from(this.#queues, ([provider, queue]) => [provider, queue.breakerState()]),
    );
  }

  troubledAccounts(): TroubledAccount[] {
    return Array.from(this.#queues.values()).flatMap((queue) => queue.troubledAccounts());
  }

  #queueOf(provider: string): ProviderQueue {
    const known = this.#queues.get(provider);
    if (known) return known;
    const placeFreed = () => {
      for (const each of this.#queues.values()) each.refill();
    };
    const settings = settingsOf(this.#dependencies, provider);
    const queue = new ProviderQueue({
      ...this.#dependencies,
      places: this.#places,
      placeFreed,
      provider,
      settings,
    });
    this.#queues.set(provider, queue);
    return queue;
  }
}

function settingsOf({ defaults, providers }: Settings, provider: string): QueueSettings {
  return { ...defaultQueueSettings, ...defaults, ...providers?.[provider] };
}

/** Doubles the largest concurrency: one account may use its whole queue, and leaves places for others. */
function placesOfQueues({ defaults, providers = {} }: Settings): number {
  const each = Object.keys(providers).map((provider) => settingsOf({ defaults, providers }, provider));
  const largest = Math.max(...[...each, settingsOf({ defaults }, '')].map(({ concurrency }) => concurrency));
  return Math.max(usualMostCalls, 2 * largest);
}
