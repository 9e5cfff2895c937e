import type { Reached } from './state-map.fixture.js';

/** Maps each state to the number of fair steps from there to the end; infinite for a circle. */
export function fairLengths(all: Iterable<Reached>): Map<Reached, number> {
  const lengths = new Map<Reached, number>();
  for (const start of all) {
    const path = new Set<Reached>();
    let here = start;
    while (here.fairNext && !lengths.has(here) && !path.has(here)) {
      path.add(here);
      here = here.fairNext;
    }
    let length = lengths.get(here) ?? (here.fairNext ? Number.POSITIVE_INFINITY : 0);
    lengths.set(here, length);
    for (const each of Array.from(path).reverse()) {
      length += 1;
      lengths.set(each, length);
    }
  }
  return lengths;
}
