import type { Provider } from '@fiscalkit/client';
import type { Entry } from '../entry/entry.js';
import { benchTime } from '../services/ledger-harness.fixture.js';
import type { ModelClocks, ModelStore, Told } from './model-store.fixture.js';
import type { ProcessMemory } from './process-memory.fixture.js';
import type { WorldParts } from './world-parts.fixture.js';
import { firstState, type WorkerState, type WorldState } from './world-state.fixture.js';

/** What the store holds, as it was when it was last looked at. */
export interface Glance {
  readonly entries: readonly Entry[];
  /** What the journal tells of each. */
  readonly told: readonly (readonly Told[])[];
}

/** Clients, workers, a provider and clocks around a real or modelled store. It goes where its steps take it. */
export class World<Store extends ModelStore = ModelStore> {
  readonly parts: WorldParts;
  readonly store: Store;
  state: WorldState;
  glance: Glance = { entries: [], told: [] };

  constructor(parts: WorldParts, openStore: (clocks: ModelClocks) => Store) {
    this.parts = parts;
    this.state = firstState(parts.scenario);
    this.store = openStore({
      clock: () => this.storeTime,
      elapsed: () => this.state.elapsed,
      timeline: () => this.state.timeline,
    });
  }

  get scenario(): WorldParts['scenario'] {
    return this.parts.scenario;
  }

  /** What the store's clock shows. */
  get storeTime(): Date {
    return new Date(benchTime.getTime() + this.state.elapsed + this.state.jumpedMs);
  }

  change(changes: Partial<WorldState>): void {
    this.state = { ...this.state, ...changes };
  }

  setWorker(worker: number, next: WorkerState): void {
    this.change({ workers: this.state.workers.map((each, index) => (index === worker ? next : each)) });
  }

  /** The number of the process that the worker belongs to. */
  processOf(worker: number): number {
    return this.scenario.processes === 'one' ? 0 : worker;
  }

  /** The provider as the configuration of the worker's process names it. */
  providerOf(worker: number): Provider {
    const provider = this.parts.providers[this.state.configured[this.processOf(worker)] ?? 0];
    if (!provider) throw new Error('every configuration names an account');
    return provider;
  }

  changeProcess(worker: number, change: (memory: ProcessMemory) => ProcessMemory): void {
    const mine = this.processOf(worker);
    const { processes } = this.state;
    this.change({ processes: processes.map((each, index) => (index === mine ? change(each) : each)) });
  }

  /** Looks at the store. */
  async look(): Promise<void> {
    const entries = await this.store.entries();
    this.glance = { entries, told: await Promise.all(entries.map(({ id }) => this.store.told(id))) };
  }
}
