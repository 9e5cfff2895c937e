import type { DatabaseSync } from 'node:sqlite';
import type { Reason } from '@fiscalkit/client';
import { leaseLostReason } from '../../entry/doubt.js';
import { type EntryState, isFinal } from '../../entry/entry.js';
import type { Transition } from '../../entry/transition.js';
import { leaseLostDetails } from '../../journal/details.js';
import { hashJournalRow } from '../../journal/journal-row.js';
import { type DeliveryRow, deliveryColumns, type EntryRow, frozenColumns } from '../entry-row.js';
import { prepareQuery, type Query } from './query.js';
import { StateCounts } from './state-counts.js';

/** What delivery may change in a row; version and hash follow from the journal. */
export type EntryChange = Partial<
  Pick<EntryRow, Exclude<(typeof deliveryColumns)[number], 'version' | 'hash'>>
>;

/** What must be known of a row to change it. */
export type ChangeableRow = DeliveryRow & Pick<EntryRow, 'sequence' | 'id' | 'provider'>;

/** What the journal is to say about a change. */
export interface JournalNote {
  readonly at: number;
  readonly details: string;
}

/** Writes entries together with their journal rows, so that neither is ever without the other. */
export class EntryTable {
  readonly #insert: Query<never>;
  readonly #update: Query<never>;
  readonly #appendToJournal: Query<never>;
  /** What is to be written before each commit. */
  readonly counts: StateCounts;

  constructor(database: DatabaseSync) {
    this.counts = new StateCounts(database);
    const columns = [...frozenColumns, ...deliveryColumns];
    const places = columns.map((column) => `:${column}`);
    const assignments = deliveryColumns.map((column) => `${column} = :${column}`);
    this.#insert = prepareQuery(
      database,
      `INSERT INTO entries (${columns.join(', ')}) VALUES (${places.join(', ')})`,
    );
    this.#update = prepareQuery(
      database,
      `UPDATE entries SET ${assignments.join(', ')} WHERE sequence = :sequence`,
    );
    this.#appendToJournal = prepareQuery(
      database,
      `INSERT INTO journal (entry_id, version, at, from_state, to_state, details, hash)
       VALUES (:entry_id, :version, :at, :from_state, :to_state, :details, :hash)`,
    );
  }

  /** Adds a new row with its first journal row. */
  add(row: Omit<EntryRow, 'sequence'>, note: JournalNote): EntryRow {
    const journalled = { ...row, ...this.#journal(row, null, row.state, note) };
    this.counts.move(row.provider, null, row.state);
    return { ...journalled, sequence: this.#insert.insert(journalled) };
  }

  /** Changes a row; without a note, the journal says nothing about it. */
  change<Row extends ChangeableRow>(row: Row, change: EntryChange, note?: JournalNote): Row {
    const changed = { ...row, ...change };
    const journalled = note ? { ...changed, ...this.#journal(row, row.state, changed.state, note) } : changed;
    this.#update.run(journalled);
    this.counts.move(row.provider, row.state, journalled.state);
    return journalled;
  }

  #journal(
    row: Pick<EntryRow, 'id' | 'version' | 'hash'>,
    from: EntryState | null,
    to: EntryState,
    { at, details }: JournalNote,
  ): Pick<EntryRow, 'version' | 'hash'> {
    const version = row.version + 1;
    const fact = { entryId: row.id, version, at: new Date(at), from, to, details };
    const hash = hashJournalRow(fact, version === 1 ? null : row.hash);
    this.#appendToJournal.run({
      entry_id: row.id,
      version,
      at,
      from_state: from,
      to_state: to,
      details,
      hash,
    });
    return { version, hash };
  }
}

/** What a transition changes in a row; it ends the lease. */
export function changeByTransition(transition: Transition, row: DeliveryRow, now: number): EntryChange {
  const { to, dueInMs, failures, registration, reason } = transition;
  return {
    state: to,
    changed_at: to === row.state ? row.changed_at : now,
    due_at: dueInMs === null ? null : now + Math.ceil(dueInMs),
    worker: null,
    failures,
    provider_document_id:
      registration?.providerDocumentId ?? transition.providerDocumentId ?? row.provider_document_id,
    registration: registration ? JSON.stringify(registration) : null,
    reason: reason ? JSON.stringify(reason) : null,
    awaits: transition.released || isFinal(to) ? null : row.awaits,
  };
}

/** Makes an entry whose worker vanished while sending unknown, and due now. */
export function loseLease<Row extends ChangeableRow>(table: EntryTable, row: Row, now: number): Row {
  const lost = {
    state: 'unknown',
    changed_at: now,
    due_at: now,
    worker: null,
    failures: row.failures + 1,
    reason: JSON.stringify(leaseLostReason),
  } as const;
  return table.change(row, lost, { at: now, details: leaseLostDetails(row.fence, row.worker) });
}

/** What a row tells of attempts that were never found out. */
export function attemptedOf({ attempts, reason }: Pick<DeliveryRow, 'attempts' | 'reason'>) {
  return { attempts, reason: reason === null ? null : (JSON.parse(reason) as Reason) };
}
