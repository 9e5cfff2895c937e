import { canonicalKey } from './canonical-key.fixture.js';
import type { MemoryContent } from './memory-row.fixture.js';
import type { RewindableStore } from './model-store.fixture.js';
import type { Glance, World } from './world.fixture.js';
import type { WorldState } from './world-state.fixture.js';

/** A state of the world that was reached, and how. */
export interface Reached {
  readonly state: WorldState;
  readonly content: MemoryContent;
  readonly glance: Glance;
  /** The state before; `null` for the first. */
  readonly before: Reached | null;
  /** What happened there. */
  readonly words: string;
  /** Where the world goes when nothing goes wrong any more; `null` when all is over. */
  calmNext: Reached | null;
}

/** All states of a world that were reached so far, each once, in the order in which they were. */
export class StateMap {
  readonly #world: World<RewindableStore>;
  readonly #byKey = new Map<string, Reached>();

  constructor(world: World<RewindableStore>) {
    this.#world = world;
  }

  get size(): number {
    return this.#byKey.size;
  }

  /** Also goes through those that are reached meanwhile. */
  all(): Iterable<Reached> {
    return this.#byKey.values();
  }

  /** The state that the world is in; `before` and `words` say how it came there if that is news. */
  here(before: Reached | null, words: string): Reached {
    const { state, store, glance } = this.#world;
    const key = canonicalKey(this.#world);
    const known = this.#byKey.get(key);
    if (known) return known;
    const reached: Reached = { state, content: store.save(), glance, before, words, calmNext: null };
    this.#byKey.set(key, reached);
    return reached;
  }

  /** Puts the world back into that state. */
  goTo({ state, content, glance }: Reached): void {
    this.#world.state = state;
    this.#world.glance = glance;
    this.#world.store.load(content);
  }
}

/** All that happened until the state was reached. */
export function storyOf(end: Reached): string[] {
  const story: string[] = [];
  for (let here = end; here.before; here = here.before) story.unshift(here.words);
  return story;
}
