import { canonicalKey } from './canonical-key.fixture.js';
import type { MemoryContent } from './memory-row.fixture.js';
import type { Model, Snapshot } from './model.fixture.js';
import type { ModelState } from './model-state.fixture.js';
import type { RewindableStore } from './model-store.fixture.js';

/** A state that was reached, and how. */
export interface Reached {
  readonly state: ModelState;
  readonly content: MemoryContent;
  readonly snapshot: Snapshot;
  /** The state before; `null` for the first. */
  readonly before: Reached | null;
  /** The step that led here, in words. */
  readonly words: string;
  /** Next state of a fair schedule; `null` when all is over. */
  fairNext: Reached | null;
}

/** All states that were reached so far, each once, in the order in which they were. */
export class StateMap {
  readonly #model: Model<RewindableStore>;
  readonly #byKey = new Map<string, Reached>();

  constructor(model: Model<RewindableStore>) {
    this.#model = model;
  }

  get size(): number {
    return this.#byKey.size;
  }

  /** Iterates over all states, those that are reached meanwhile included. */
  all(): Iterable<Reached> {
    return this.#byKey.values();
  }

  /** Returns the current state of the model; records a new one with its predecessor and the step in words. */
  here(before: Reached | null, words: string): Reached {
    const { state, store, snapshot } = this.#model;
    const key = canonicalKey(this.#model);
    const known = this.#byKey.get(key);
    if (known) return known;
    const reached: Reached = { state, content: store.save(), snapshot, before, words, fairNext: null };
    this.#byKey.set(key, reached);
    return reached;
  }

  /** Puts the model back into that state. */
  goTo({ state, content, snapshot }: Reached): void {
    this.#model.state = state;
    this.#model.snapshot = snapshot;
    this.#model.store.load(content);
  }
}

/** Returns the steps that led to the state, in words. */
export function pathTo(end: Reached): string[] {
  const path: string[] = [];
  for (let here = end; here.before; here = here.before) path.unshift(here.words);
  return path;
}
