import type { LedgerSignal } from '../entry/signals.js';
import type { LedgerStore } from '../store/ledger-store.js';
import { WorkLoop } from './work-loop.js';

/** Time between two looks for what the index does not have, in milliseconds. */
const pollMs = 500;

/** Rest between two updates where there is more: the store writes for others meanwhile. */
const restMs = 5;

/** Dependencies of the index's loop. */
export interface IndexLoopDependencies {
  readonly store: Pick<LedgerStore, 'entryIndex'>;
  readonly emit: (event: LedgerSignal) => void;
  readonly random: () => number;
}

/** Takes what happens into the index of entries: a loop of its own, which nothing waits for. */
export class IndexLoop {
  readonly #loop: WorkLoop;

  constructor({ store, emit, random }: IndexLoopDependencies) {
    const turn = async () => ((await store.entryIndex.update()) ? restMs : pollMs);
    this.#loop = new WorkLoop({ turn, pollMs, emit, random });
  }

  start(): void {
    this.#loop.start();
  }

  stop(): Promise<void> {
    return this.#loop.stop();
  }
}
