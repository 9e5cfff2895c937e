import type { EntryState } from '../../entry/entry.js';
import type { EntryQuery } from '../ledger-store.js';

/** How a list is read: by which index, and what is left to be looked at in the entries that it names. */
export interface ListPlan {
  /** Table, index and the condition that chooses in it, all in the order of the list. */
  readonly source: string;
  /** What the index itself can tell of the entries. */
  readonly within: string;
  /** What must be looked at in each entry; `null` for nothing. */
  readonly matches: string | null;
  /**
   * Table, index and condition of all that `matches` may rule out, so that the others are counted without a look at any of them;
   * `null` where only a look tells.
   */
  readonly exceptions: readonly string[] | null;
}

/** The values that the statements of a plan name. */
export type ListValues = Readonly<Record<string, string | number | null>> & { readonly acceptedFrom: number };

const finished = "('registered', 'rejected')";

/**
 * Sources in the order in which they are preferred: what names the fewest entries goes first. The index of unfinished entries is that
 * of all merchants: there are few, and one of each merchant's own would be written with every entry.
 */
const sources = {
  payment: 'entries INDEXED BY entries_by_payment WHERE merchant = :merchant AND payment_id = :paymentId',
  rejected: "entries INDEXED BY entries_rejected_by_time WHERE merchant = :merchant AND state = 'rejected'",
  unfinished: `entries INDEXED BY entries_unfinished WHERE state NOT IN ${finished}`,
  time: 'entries INDEXED BY entries_by_time WHERE merchant = :merchant',
};

const isAsked = 'state IN (SELECT value FROM json_each(:states))';

/** The text is found before the document is read as JSON, which takes four times as long. */
const hasPositionNamed = `instr(document, :nameInJson) > 0 AND EXISTS (
  SELECT 1 FROM json_each(document, '$.positions') WHERE json_extract(value, '$.name') = :positionName
)`;

/** Plans how a list is read. */
export function planList(query: EntryQuery): ListPlan & { readonly values: ListValues } {
  const source = sourceOf(query);
  const told = conditionsOf({
    'operation = :operation': query.operation,
    'operation_type = :operationType': query.operationType,
    'total_minor = :totalMinor': query.totalMinor,
  });
  const looked = conditionsOf({
    'merchant = :merchant': source === 'unfinished' ? query.merchant : undefined,
    [isAsked]: source === 'rejected' ? undefined : query.states,
    [hasPositionNamed]: query.positionName,
  });
  const [within, matches] = source === 'time' ? [told, looked] : [[], [...told, ...looked]];
  return {
    source: sources[source],
    within: within.length > 0 ? within.join(' AND ') : 'true',
    matches: matches.length > 0 ? `(${matches.join(' AND ')})` : null,
    exceptions: matches.length === 0 ? [] : exceptionsOf(source, query),
    values: {
      merchant: query.merchant,
      acceptedFrom: query.acceptedFrom?.getTime() ?? Number.NEGATIVE_INFINITY,
      paymentId: query.paymentId ?? null,
      operation: query.operation ?? null,
      operationType: query.operationType ?? null,
      totalMinor: query.totalMinor ?? null,
      states: query.states ? JSON.stringify(query.states) : null,
      positionName: query.positionName ?? null,
      nameInJson: `"name":${JSON.stringify(query.positionName ?? '')}`,
    },
  };
}

function sourceOf({ paymentId, states }: EntryQuery): keyof typeof sources {
  if (paymentId !== undefined) return 'payment';
  if (!states || states.length === 0) return 'time';
  if (states.every((state) => state === 'rejected')) return 'rejected';
  return states.every(isUnfinished) ? 'unfinished' : 'time';
}

/** Nearly all entries are registered, and those that are not have indexes of their own. */
function exceptionsOf(source: keyof typeof sources, { states, positionName }: EntryQuery): string[] | null {
  if (source !== 'time' || positionName !== undefined || !states?.includes('registered')) return null;
  return states.includes('rejected') ? [sources.unfinished] : [sources.rejected, sources.unfinished];
}

function isUnfinished(state: EntryState): boolean {
  return state !== 'registered' && state !== 'rejected';
}

function conditionsOf(asked: Readonly<Record<string, unknown>>): string[] {
  return Object.keys(asked).filter((condition) => asked[condition] !== undefined);
}
