import type { Entry, NewEntry } from '../entry/entry.js';
import { leaseLostReason } from '../journal/journal-details.js';
import { acceptedEntry } from '../store/accepted-entry.js';
import type { Told } from './model-store.fixture.js';

/** An entry as the memory store holds it. Rows are replaced, never changed. */
export interface MemoryRow {
  readonly entry: Entry;
  readonly fence: number;
  readonly worker: string | null;
  /** What the journal tells of the entry. */
  readonly told: readonly Told[];
}

/** What becomes different in a row. */
export interface RowChange {
  readonly entry: Partial<Entry>;
  readonly fence?: number;
  readonly worker?: string | null;
  /** Whether the journal tells of it. */
  readonly isNews?: boolean;
}

/** A new entry, due at once unless it waits for another. */
export function newRow(given: NewEntry, sequence: number, now: Date, waits: boolean): MemoryRow {
  const accepted_at = now.getTime();
  const entry = acceptedEntry(given, { sequence, accepted_at, due_at: waits ? null : accepted_at });
  return { entry, fence: 0, worker: null, told: [[null, 'accepted']] };
}

export function changedRow(
  row: MemoryRow,
  { entry: changes, isNews = false, ...lease }: RowChange,
): MemoryRow {
  const to = changes.state ?? row.entry.state;
  const told: readonly Told[] = isNews ? [...row.told, [row.entry.state, to]] : row.told;
  return { ...row, ...lease, told, entry: { ...row.entry, ...changes, version: told.length } };
}

/** An entry that a worker begins to send. */
export function sending({ attempts, firstAttemptAt }: Entry, now: Date): RowChange {
  const attempted = { attempts: attempts + 1, firstAttemptAt: firstAttemptAt ?? now, lastAttemptAt: now };
  return { isNews: true, entry: { state: 'sending', changedAt: now, ...attempted } };
}

/** An entry whose worker vanished while it was sending. */
export function leaseLost({ failures }: Entry, now: Date): RowChange {
  const unknown = { state: 'unknown', changedAt: now, dueAt: now, reason: leaseLostReason } as const;
  return { worker: null, isNews: true, entry: { ...unknown, failures: failures + 1 } };
}

/** Whether both entries are delivered one after the other. */
export function isSameQueue(one: Pick<Entry, 'orderingKey'>, other: Pick<Entry, 'orderingKey'>): boolean {
  return one.orderingKey === other.orderingKey;
}
