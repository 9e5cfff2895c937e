/** Positions of the journal, the last included, whose rows were not to be seen. */
export interface JournalGap {
  readonly first: number;
  readonly last: number;
}

/** Returns what is left of the gaps when these positions were seen, which rise. */
export function gapsWithout(gaps: readonly JournalGap[], seen: readonly number[]): JournalGap[] {
  return gaps.flatMap(({ first, last }) => {
    const left: JournalGap[] = [];
    let next = first;
    for (const position of seen.filter((each) => each >= first && each <= last)) {
      if (position > next) left.push({ first: next, last: position - 1 });
      next = position + 1;
    }
    return next <= last ? [...left, { first: next, last }] : left;
  });
}

/** A gap, and the transactions that may yet fill it. */
interface WatchedGap extends JournalGap {
  readonly writers: ReadonlySet<string>;
}

/**
 * Tells when a gap is filled for good. Whoever draws a position holds a lock on the journal's table, from before
 * the draw until the commit can be seen: once all who held such a lock after the gap was noted have let go, its
 * rows are there, or never will be. See `prepareSeal`. What is known here is not stored: another process begins
 * anew with those who hold the lock then.
 */
export class GapWatch {
  #watched: readonly WatchedGap[] = [];

  /** Takes note of who writes now, before the gaps are read again. */
  observe(writers: readonly string[]): void {
    const now = new Set(writers);
    const still = (gap: WatchedGap) => new Set([...gap.writers].filter((writer) => now.has(writer)));
    this.#watched = this.#watched.map((gap) => ({ ...gap, writers: still(gap) }));
  }

  /** Whether nothing can appear in the gap any more that was not to be seen after the last observation. */
  isClosed(gap: JournalGap): boolean {
    return this.#watchedOf(gap)?.writers.size === 0;
  }

  /** Watches these gaps; of those that are new, who writes now may fill them. */
  watch(gaps: readonly JournalGap[], writers: readonly string[]): void {
    const now = new Set(writers);
    this.#watched = gaps.map((gap) => ({ ...gap, writers: this.#watchedOf(gap)?.writers ?? now }));
  }

  #watchedOf({ first, last }: JournalGap): WatchedGap | undefined {
    return this.#watched.find((known) => known.first <= first && last <= known.last);
  }
}
