import { type EntryState, isFinal } from '../entry/entry.js';

/** How many entries of a provider are in a state. */
export interface EntryCount {
  readonly provider: string;
  readonly state: EntryState;
  readonly entries: number;
}

/** The counts, summed by state; 0 where there are none. */
export function entriesByState(counts: readonly EntryCount[]): Record<EntryState, number> {
  const sums: Record<EntryState, number> = {
    accepted: 0,
    sending: 0,
    pending: 0,
    unknown: 0,
    registered: 0,
    rejected: 0,
    parked: 0,
  };
  for (const { state, entries } of counts) sums[state] += entries;
  return sums;
}

/** How many entries of each provider are not final. */
export function unfinishedByProvider(counts: readonly EntryCount[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { provider, state, entries } of counts) {
    if (!isFinal(state)) sums[provider] = (sums[provider] ?? 0) + entries;
  }
  return sums;
}
