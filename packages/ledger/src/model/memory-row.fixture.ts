import { leaseLostReason } from '../entry/doubt.js';
import { type Entry, isFinal, type NewEntry } from '../entry/entry.js';
import { type Dependent, saleDependency, saleRejectedReason } from '../entry/sale-dependency.js';
import type { Transition } from '../entry/transition.js';
import { acceptedEntry } from '../store/entry-row.js';
import type { RestoreWindow } from '../store/intervention-store.js';
import type { RecordedTransition } from './model-store.fixture.js';

/** An entry as the memory store holds it. Rows are replaced, never changed. */
export interface MemoryRow {
  readonly entry: Entry;
  readonly fence: number;
  readonly worker: string | null;
  /** Whether it must not be sent before what it depends on is registered. */
  readonly awaits: boolean;
  /** Transitions of the entry that the journal records. */
  readonly transitions: readonly RecordedTransition[];
}

/** Everything that a store holds. */
export interface MemoryContent {
  readonly rows: readonly MemoryRow[];
  /** Time that a restored ledger may have lost, and when that was declared; `null` before. */
  readonly restored: (RestoreWindow & { readonly declaredAt: Date }) | null;
  /** The timeline of the server that the ledger knows. */
  readonly timeline: number;
}

/** Change of a row. */
export interface RowChange {
  readonly entry: Partial<Entry>;
  readonly fence?: number;
  readonly worker?: string | null;
  readonly awaits?: boolean;
  /** Whether the journal records it. */
  readonly isNews?: boolean;
}

/** Whether a new entry waits for its queue, or for its sale. */
export interface NewRowWaits {
  readonly blocked: boolean;
  readonly awaits: boolean;
}

/** Returns the row of a new entry, due at once unless it waits for another. */
export function newRow(
  given: NewEntry,
  sequence: number,
  now: Date,
  { blocked, awaits }: NewRowWaits,
): MemoryRow {
  const accepted_at = now.getTime();
  const due_at = blocked || awaits ? null : accepted_at;
  const entry = acceptedEntry(given, { sequence, accepted_at, due_at, held: false });
  return { entry, fence: 0, worker: null, awaits, transitions: [[null, 'accepted']] };
}

export function changedRow(
  row: MemoryRow,
  { entry: changes, isNews = false, ...lease }: RowChange,
): MemoryRow {
  const to = changes.state ?? row.entry.state;
  const transitions: readonly RecordedTransition[] = isNews
    ? [...row.transitions, [row.entry.state, to]]
    : row.transitions;
  return { ...row, ...lease, transitions, entry: { ...row.entry, ...changes, version: transitions.length } };
}

/** Returns the change that a transition makes to a row; it ends the lease. */
export function settledBy(transition: Transition, { entry, awaits }: MemoryRow, now: Date) {
  const { to, dueInMs, failures, registration = null, reason = null, reissue } = transition;
  const documentId = registration?.providerDocumentId ?? transition.providerDocumentId;
  return {
    worker: null,
    awaits: awaits && !transition.released && !isFinal(to),
    entry: {
      state: to,
      changedAt: to === entry.state ? entry.changedAt : now,
      dueAt: dueInMs === null ? null : new Date(now.getTime() + Math.ceil(dueInMs)),
      failures,
      firstAttemptAt: transition.unsent ? null : entry.firstAttemptAt,
      providerDocumentId: reissue ? null : (documentId ?? entry.providerDocumentId),
      ...(reissue && {
        reissues: reissue.number,
        request: { ...entry.request, reference: reissue.reference, body: reissue.body },
      }),
      registration,
      reason,
    },
  };
}

/** Returns the change of an entry that a worker begins to send. */
export function sending({ attempts, firstAttemptAt }: Entry, now: Date): RowChange {
  const attempted = { attempts: attempts + 1, firstAttemptAt: firstAttemptAt ?? now, lastAttemptAt: now };
  return { isNews: true, entry: { state: 'sending', changedAt: now, ...attempted } };
}

/** Returns the change of an entry whose worker vanished while it was sending. */
export function leaseLost({ failures }: Entry, now: Date): RowChange {
  const unknown = { state: 'unknown', changedAt: now, dueAt: now, reason: leaseLostReason } as const;
  return { worker: null, isNews: true, entry: { ...unknown, failures: failures + 1 } };
}

/** Change of an entry that is held because its sale was rejected. */
export const held: RowChange = { isNews: true, entry: { reason: saleRejectedReason } };

/** Whether the first depends on the other. */
export function dependsOn(one: Dependent, other: Dependent): boolean {
  const type = saleDependency(one);
  const isOfPayment =
    one.merchant === other.merchant &&
    one.facets.paymentId === other.facets.paymentId &&
    one.operation === other.operation;
  if (type === null || !isOfPayment || other.facets.operationType !== type) return false;
  return one.facets.operationType !== type || saleDependency(other) === null;
}

/** Whether both entries are delivered one after the other. */
export function isSameQueue(one: Pick<Entry, 'orderingKey'>, other: Pick<Entry, 'orderingKey'>): boolean {
  return one.orderingKey === other.orderingKey;
}

/** Whether others of its queue wait for it. */
export function isInLine({ entry, awaits }: MemoryRow): boolean {
  return !isFinal(entry.state) && !awaits;
}
