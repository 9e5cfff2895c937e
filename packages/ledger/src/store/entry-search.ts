import type { Entry } from '../entry/entry.js';
import type { EntryFilter } from '../entry/entry-filter.js';
import type { SearchTerm } from './search-term.js';

/** What to look for among the entries of all merchants, the newest first. */
export interface EntrySearch {
  readonly filter: EntryFilter;
  /** `null` for all that the filter lets pass. */
  readonly term: SearchTerm | null;
  /** Merchants whose idempotency keys are looked up at once, beside those that the index has. */
  readonly merchants: readonly string[];
  /** Sequence of the last entry of the page before; `null` for the first page. */
  readonly before: number | null;
  readonly limit: number;
}

/** Entries that were found, and where to go on. */
export interface FoundEntries {
  readonly entries: readonly Entry[];
  /** What to name as `before` for the next page; `null` when nothing follows. */
  readonly next: number | null;
}

/** A part of a search that was done in a short time. */
export interface SearchSlice {
  /** Entries that may match: two values can share a key of the index. */
  readonly entries: readonly Entry[];
  readonly next: number | null;
}

/**
 * Index of all entries by what they are known by, and what filters ask for. It is written in batches, from the
 * journal, after what it tells of: so accepting and delivering do not wait for it.
 */
export interface EntryIndex {
  /** Takes in some of what is not in the index yet; returns whether there is more, which can be taken at once. */
  update(): Promise<boolean>;
  /** Age of the oldest change that the index does not have, in milliseconds; 0 when it has all. */
  lagMs(): Promise<number>;
  /**
   * Finds entries, the newest first, in bounded time: a page may be shorter than asked for although more follow.
   * What was just accepted is found by its id, payment and key, and else once the index has it.
   */
  find(search: EntrySearch): Promise<FoundEntries>;
}

/** Entries of one part of the index: a key is looked up in each, the newest first. */
export const partSize = 4_096;

/** Sequences from `low` to before `high`. */
export interface SequenceRange {
  readonly low: number;
  readonly high: number;
}

/** Sequences that may match, descending, and down to which sequence these are all that there are. */
export interface Candidates {
  readonly sequences: readonly number[];
  readonly end: number;
}

/** All sequences there can be. */
export const everywhere: SequenceRange = { low: 0, high: Number.MAX_SAFE_INTEGER };

/** Returns the ranges of some parts and of what no part has yet, the newest first. */
export function rangesOfParts(parts: readonly number[], lastPart: number | null): SequenceRange[] {
  const ranges: SequenceRange[] = [{ low: ((lastPart ?? -1) + 1) * partSize, high: everywhere.high }];
  for (const part of parts.toSorted((one, two) => two - one)) {
    const [low, high] = [part * partSize, (part + 1) * partSize];
    const newer = ranges.at(-1);
    if (newer?.low === high) ranges[ranges.length - 1] = { low, high: newer.high };
    else ranges.push({ low, high });
  }
  return ranges;
}

/** Merges candidates of several sources, each complete down to its own end: down to the newest of these. */
export function mergeCandidates(sources: readonly Candidates[]): Candidates {
  const end = Math.max(...sources.map((source) => source.end));
  const sequences = sources.flatMap((source) => source.sequences.filter((sequence) => sequence >= end));
  return { sequences: [...new Set(sequences)].sort((one, two) => two - one), end };
}
