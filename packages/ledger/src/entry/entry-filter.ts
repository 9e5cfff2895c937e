import type { Entry, EntryState } from './entry.js';

/** Which entries are meant, of all merchants. Filters that are absent let everything pass. */
export interface EntryFilter {
  readonly states?: readonly EntryState[] | undefined;
  readonly merchant?: string | undefined;
  readonly provider?: string | undefined;
  /** Provider's account, as entries name it. */
  readonly account?: string | undefined;
  /** `receipt`, `correction`, `confirmation.anor`, … */
  readonly operation?: string | undefined;
  /** `sell`, `sell_refund`, … */
  readonly operationType?: string | undefined;
  /** Code of the reason why the last step did not lead to the registration: `provider.timeout`, … */
  readonly reason?: string | undefined;
  readonly acceptedFrom?: Date | undefined;
  /** Exclusive. */
  readonly acceptedBefore?: Date | undefined;
}

/** What of an entry a filter looks at. */
type FilteredEntry = Pick<
  Entry,
  'state' | 'merchant' | 'provider' | 'account' | 'operation' | 'facets' | 'reason' | 'acceptedAt'
>;

/** Whether an entry is among those that a filter means. */
export function matchesFilter(entry: FilteredEntry, filter: EntryFilter): boolean {
  const { states, acceptedFrom, acceptedBefore } = filter;
  const requested = [
    [filter.merchant, entry.merchant],
    [filter.provider, entry.provider],
    [filter.account, entry.account],
    [filter.operation, entry.operation],
    [filter.operationType, entry.facets.operationType],
    [filter.reason, entry.reason?.code],
  ];
  return (
    requested.every(([wanted, value]) => wanted === undefined || wanted === value) &&
    (states === undefined || states.includes(entry.state)) &&
    (acceptedFrom === undefined || entry.acceptedAt >= acceptedFrom) &&
    (acceptedBefore === undefined || entry.acceptedAt < acceptedBefore)
  );
}
