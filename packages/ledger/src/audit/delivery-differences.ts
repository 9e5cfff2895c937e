import { saleRejectedReason } from '../entry/sale-rejected.js';
import { parsedJsonDigest } from '../journal/json-digest.js';
import type { EntryRow } from '../store/entry-row.js';
import type { JournalTableRow } from '../store/journal-row-of.js';

type Details = Readonly<Record<string, unknown>>;

/**
 * The columns of an entry that are not what its whole journal says of its delivery. When it is due, who holds it and how often
 * it failed is not journalled. Pure.
 */
export function deliveryDifferences(entry: EntryRow, journal: readonly JournalTableRow[]): string[] {
  const details: Details[] = journal.map((row) => JSON.parse(row.details));
  const last = journal.at(-1);
  const told: Partial<Record<keyof EntryRow, unknown>> = {
    version: last?.version,
    hash: last?.hash,
    state: last?.to_state,
    changed_at: journal.findLast((row) => row.from_state !== row.to_state)?.at,
    attempts: newest(details, 'attempt') ?? 0,
    provider_document_id: newest(details, 'provider_document') ?? null,
  };
  const columns = (Object.keys(told) as (keyof EntryRow)[]).filter(
    (column) => entry[column] !== told[column],
  );
  if (!hasRegistration(entry, newest(details, 'registration_digest'))) columns.push('registration');
  if (!hasReason(entry, last, details.at(-1))) columns.push('reason');
  if (!mayAwait(entry)) columns.push('awaits');
  return columns;
}

function newest(details: readonly Details[], name: string): unknown {
  return details.findLast((each) => each[name] !== undefined)?.[name];
}

function hasRegistration({ state, registration }: EntryRow, digest: unknown): boolean {
  if (registration === null) return state !== 'registered';
  const parsed = parse(registration);
  return state === 'registered' && parsed !== null && parsedJsonDigest(parsed) === digest;
}

/** A worker's result journals the code of its reason; what a person gives as a reason is the person's own. */
function hasReason({ reason }: EntryRow, last: JournalTableRow | undefined, told: Details = {}): boolean {
  if (last?.to_state === 'sending' || told.action !== undefined) return true;
  return (reason === null ? undefined : parse(reason)?.code) === told.reason;
}

/** Only what was never sent waits for a sale, for that which it depends on; and what is held does. */
function mayAwait({ state, awaits, depends_on, attempts, reason }: EntryRow): boolean {
  if (awaits !== null)
    return awaits === depends_on && attempts === 0 && ['accepted', 'parked'].includes(state);
  return state !== 'accepted' || reason === null || parse(reason)?.code !== saleRejectedReason.code;
}

function parse(json: string): Details | null {
  try {
    return Object(JSON.parse(json));
  } catch {
    return null;
  }
}
