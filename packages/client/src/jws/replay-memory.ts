/** What came of noting a key. */
export type NotedKey = 'noted' | 'known' | 'forgotten' | 'full';

/**
 * Remembers keys until their time is over, in bounded memory. Keys whose times lie together are forgotten together, so that
 * noting one costs the same however many there are.
 */
export class ReplayMemory {
  readonly #spanMs: number;
  readonly #mostKeys: number;
  /** Keys by the number of the span of time in which theirs ends. */
  readonly #spans = new Map<number, Set<string>>();
  #size = 0;
  /** Keys whose time ends before this may have been forgotten. */
  #forgottenBeforeMs = 0;

  constructor({ spanMs, mostKeys }: { readonly spanMs: number; readonly mostKeys: number }) {
    this.#spanMs = spanMs;
    this.#mostKeys = mostKeys;
  }

  /**
   * Notes a key until its time. `known`: it was noted before. `forgotten`: it may have been, for its time was over once already
   * (the clock was set back). `full`: there is no room for it, and the older ones are not given up.
   */
  note(key: string, { untilMs, nowMs }: { readonly untilMs: number; readonly nowMs: number }): NotedKey {
    this.#forget(nowMs);
    if (untilMs < this.#forgottenBeforeMs) {
      return 'forgotten';
    }
    if ([...this.#spans.values()].some((keys) => keys.has(key))) {
      return 'known';
    }
    if (this.#size >= this.#mostKeys) {
      return 'full';
    }
    this.#keysEndingAt(untilMs).add(key);
    this.#size += 1;
    return 'noted';
  }

  #forget(nowMs: number): void {
    for (const [span, keys] of this.#spans) {
      const endMs = (span + 1) * this.#spanMs;
      if (endMs <= nowMs) {
        this.#spans.delete(span);
        this.#size -= keys.size;
        this.#forgottenBeforeMs = Math.max(this.#forgottenBeforeMs, endMs);
      }
    }
  }

  #keysEndingAt(untilMs: number): Set<string> {
    const span = Math.floor(untilMs / this.#spanMs);
    const keys = this.#spans.get(span) ?? new Set();
    this.#spans.set(span, keys);
    return keys;
  }
}
