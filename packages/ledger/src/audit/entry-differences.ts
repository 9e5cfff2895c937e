import { saleRejectedReason } from '../entry/sale-dependency.js';
import { acceptanceFacts } from '../journal/details.js';
import { sha256Hex } from '../journal/digest.js';
import type { EntryRow } from '../store/entry-row.js';
import type { JournalTableRow } from '../store/journal-table-row.js';

type Facts = ReturnType<typeof acceptanceFacts>;

/** Columns that each fact of acceptance covers. */
const columnsOf: Readonly<Record<keyof Facts, string>> = {
  document_digest: 'document',
  request_digest: 'body',
  identity_digest:
    'merchant, provider, operation, reference, idempotency_key, content_digest, claims, ordering_key, ' +
    'payment_id, operation_type, total_minor, business_time or depends_on',
};

const facts = Object.keys(columnsOf) as (keyof Facts)[];

/** Returns the columns of an entry that differ from what its acceptance was journalled with. Pure. */
export function frozenDifferences(row: EntryRow, acceptance: JournalTableRow): string[] {
  const journalled = JSON.parse(acceptance.details);
  const found = readFacts(row);
  if (found === null) return ['claims'];
  return [
    ...facts.filter((name) => journalled[name] !== found[name]).map((name) => columnsOf[name]),
    ...(row.accepted_at === acceptance.at ? [] : ['accepted_at']),
  ];
}

/** Returns `null` for an entry whose claims can't be parsed. */
function readFacts(row: EntryRow): Facts | null {
  try {
    return acceptanceFacts(row);
  } catch {
    return null;
  }
}

type Details = Readonly<Record<string, unknown>>;

/**
 * Returns the columns of an entry that differ from what its whole journal says of its delivery. Due time,
 * lease and number of failures are not journalled. Pure.
 */
export function deliveryDifferences(entry: EntryRow, journal: readonly JournalTableRow[]): string[] {
  const details: Details[] = journal.map((row) => JSON.parse(row.details));
  const last = journal.at(-1);
  const journalled: Partial<Record<keyof EntryRow, unknown>> = {
    version: last?.version,
    hash: last?.hash,
    block: last?.block,
    state: last?.to_state,
    changed_at: journal.findLast((row) => row.from_state !== row.to_state)?.at,
    attempts: newest(details, 'attempt') ?? 0,
    provider_document_id: newest(sinceReissue(details), 'provider_document') ?? null,
  };
  const columns = (Object.keys(journalled) as (keyof EntryRow)[]).filter(
    (column) => entry[column] !== journalled[column],
  );
  if (!hasRegistration(entry, newest(details, 'registration_digest'))) columns.push('registration');
  if (!hasReissue(entry, newest(details, 'reissue_digest'))) columns.push('reissue');
  if (!hasReason(entry, last, details.at(-1))) columns.push('reason');
  if (!mayAwait(entry)) columns.push('awaits');
  return columns;
}

function newest(details: readonly Details[], name: string): unknown {
  return details.findLast((each) => each[name] !== undefined)?.[name];
}

/** Returns what was journalled since the newest reissue: an earlier document of the provider counts no more. */
function sinceReissue(details: readonly Details[]): readonly Details[] {
  return details.slice(details.findLastIndex(({ reissue_digest }) => reissue_digest !== undefined) + 1);
}

function hasReissue({ reissue }: EntryRow, digest: unknown): boolean {
  return (reissue === null ? undefined : sha256Hex(reissue)) === digest;
}

function hasRegistration({ state, registration }: EntryRow, digest: unknown): boolean {
  if (registration === null) return state !== 'registered';
  return state === 'registered' && sha256Hex(registration) === digest;
}

/** Compares the reason's code, which workers journal with a result; operators give reasons of their own. */
function hasReason(
  { reason }: EntryRow,
  last: JournalTableRow | undefined,
  journalled: Details = {},
): boolean {
  if (last?.to_state === 'sending' || journalled.action !== undefined) return true;
  return (reason === null ? undefined : parse(reason)?.code) === journalled.reason;
}

/**
 * Whether the entry may wait for a sale as it does: unsent, for the sale it depends on; a held entry has to.
 */
function mayAwait({ state, awaits, depends_on, attempts, reason }: EntryRow): boolean {
  if (awaits !== null)
    return awaits === depends_on && attempts === 0 && ['accepted', 'parked'].includes(state);
  return state !== 'accepted' || reason === null || parse(reason)?.code !== saleRejectedReason.code;
}

/** Whether a live entry holds its unique keys, and no others; what a rejected one held may be another's. Pure. */
export function holdsUniqueKeys({ state, claims }: EntryRow, held: readonly unknown[]): boolean {
  if (state === 'rejected') return true;
  const own = parse(claims);
  const names = new Set(held);
  return Array.isArray(own) && new Set(own).size === names.size && own.every((name) => names.has(name));
}

function parse(json: string): Details | null {
  try {
    return Object(JSON.parse(json));
  } catch {
    return null;
  }
}
