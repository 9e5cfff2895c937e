import type { Reached } from './state-map.fixture.js';

/** For each state, how many calm steps lead to the end; infinite for one from which they go round in a circle. */
export function calmLengths(all: Iterable<Reached>): Map<Reached, number> {
  const lengths = new Map<Reached, number>();
  for (const start of all) {
    const path = new Set<Reached>();
    let here = start;
    while (here.calmNext && !lengths.has(here) && !path.has(here)) {
      path.add(here);
      here = here.calmNext;
    }
    let length = lengths.get(here) ?? (here.calmNext ? Number.POSITIVE_INFINITY : 0);
    lengths.set(here, length);
    for (const each of Array.from(path).reverse()) {
      length += 1;
      lengths.set(each, length);
    }
  }
  return lengths;
}
