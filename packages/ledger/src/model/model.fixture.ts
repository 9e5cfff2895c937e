import type { Provider } from '@fiscalkit/client';
import type { Entry } from '../entry/entry.js';
import { testTime } from '../services/ledger-harness.fixture.js';
import type { ModelSetup } from './model-setup.fixture.js';
import { firstState, type ModelState, type WorkerState } from './model-state.fixture.js';
import type { ModelClocks, ModelStore, RecordedTransition } from './model-store.fixture.js';
import type { ProcessMemory } from './process-memory.fixture.js';

/** What the store held when it was last read. */
export interface Snapshot {
  readonly entries: readonly Entry[];
  /** Transitions of each, as the journal records them. */
  readonly transitions: readonly (readonly RecordedTransition[])[];
}

/** Model of a system: clients, workers, a provider and clocks around a real or modelled store. */
export class Model<Store extends ModelStore = ModelStore> {
  readonly setup: ModelSetup;
  readonly store: Store;
  state: ModelState;
  snapshot: Snapshot = { entries: [], transitions: [] };

  constructor(setup: ModelSetup, openStore: (clocks: ModelClocks) => Store) {
    this.setup = setup;
    this.state = firstState(setup.scenario);
    this.store = openStore({
      clock: () => this.storeTime,
      elapsed: () => this.state.elapsed,
      timeline: () => this.state.timeline,
    });
  }

  get scenario(): ModelSetup['scenario'] {
    return this.setup.scenario;
  }

  /** Time of the store's clock. */
  get storeTime(): Date {
    return new Date(testTime.getTime() + this.state.elapsed + this.state.jumpedMs);
  }

  change(changes: Partial<ModelState>): void {
    this.state = { ...this.state, ...changes };
  }

  setWorker(worker: number, next: WorkerState): void {
    this.change({ workers: this.state.workers.map((each, index) => (index === worker ? next : each)) });
  }

  /** Returns the number of the worker's process. */
  processOf(worker: number): number {
    return this.scenario.processes === 'one' ? 0 : worker;
  }

  /** Returns the provider as the configuration of the worker's process names it. */
  providerOf(worker: number): Provider {
    const provider = this.setup.providers[this.state.configured[this.processOf(worker)] ?? 0];
    if (!provider) throw new Error('every configuration names an account');
    return provider;
  }

  changeProcess(worker: number, change: (memory: ProcessMemory) => ProcessMemory): void {
    const mine = this.processOf(worker);
    const { processes } = this.state;
    this.change({ processes: processes.map((each, index) => (index === mine ? change(each) : each)) });
  }

  /** Reads the store. */
  async takeSnapshot(): Promise<void> {
    const entries = await this.store.entries();
    this.snapshot = {
      entries,
      transitions: await Promise.all(entries.map(({ id }) => this.store.transitionsOf(id))),
    };
  }
}
