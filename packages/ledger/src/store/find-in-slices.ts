import type { Entry } from '../entry/entry.js';
import type { EntrySearch, FoundEntries, SearchSlice } from './entry-search.js';
import { matchesTerm } from './search-term.js';

/** How long a page is looked for, in milliseconds; a slice that has begun is finished. */
const pageMs = { withSome: 20, empty: 30 };

/** Reads slice after slice until the page is full, nothing follows, or the time is over. */
export async function findInSlices(
  search: EntrySearch,
  read: (search: EntrySearch) => Promise<SearchSlice>,
): Promise<FoundEntries> {
  const { term, limit } = search;
  const startedAt = performance.now();
  const mostMs = () => (entries.length > 0 ? pageMs.withSome : pageMs.empty);
  const entries: Entry[] = [];
  let next = search.before;
  do {
    // One more than asked for tells whether anything follows.
    const slice = await read({ ...search, before: next, limit: limit + 1 - entries.length });
    const found = term === null ? slice.entries : slice.entries.filter((entry) => matchesTerm(entry, term));
    entries.push(...found);
    next = slice.next;
  } while (next !== null && entries.length <= limit && performance.now() - startedAt < mostMs());
  if (entries.length <= limit) return { entries, next };
  const page = entries.slice(0, limit);
  return { entries: page, next: page.at(-1)?.sequence ?? null };
}
