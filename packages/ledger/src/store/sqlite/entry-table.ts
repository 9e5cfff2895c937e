import type { DatabaseSync } from 'node:sqlite';
import type { Reason } from '@fiscalkit/client';
import { leaseLostReason } from '../../entry/doubt.js';
import { type EntryState, isFinal } from '../../entry/entry.js';
import type { Transition } from '../../entry/transition.js';
import { leaseLostDetails, reissueText } from '../../journal/details.js';
import { type DeliveryRow, deliveryColumns, type EntryRow, frozenColumns } from '../entry-row.js';
import { JournalBlocks } from './journal-blocks.js';
import { Names } from './names.js';
import { prepareQuery, type Query } from './query.js';
import { StateCounts } from './state-counts.js';
import { type StoredColumns, saleOf, storedDigest } from './stored-columns.js';

/** The columns of an `EntryRow`, for statements that read the view `entry_rows`. */
export const entryColumns = ['sequence', ...frozenColumns, ...deliveryColumns, 'block'].join(', ');

/** What delivery may change in a row; version and hash follow from the journal. */
export type EntryChange = Partial<
  Pick<EntryRow, Exclude<(typeof deliveryColumns)[number], 'version' | 'hash'>>
>;

/** What must be known of a row to change it. */
export type ChangeableRow = DeliveryRow & Pick<EntryRow, 'sequence' | 'id' | 'provider' | 'block'>;

/** What the journal is to say about a change. */
export interface JournalNote {
  readonly at: number;
  readonly details: string;
}

/** Writes entries together with their journal rows, so that neither is ever without the other. */
export class EntryTable {
  readonly #insertEntry: Query<never>;
  readonly #insertDelivery: Query<never>;
  readonly #updateDelivery: Query<never>;
  readonly #insertRegistration: Query<never>;
  readonly #insertReissue: Query<never>;
  readonly names: Names;
  readonly #counts: StateCounts;
  readonly #journal: JournalBlocks;

  constructor(database: DatabaseSync) {
    this.names = new Names(database);
    this.#counts = new StateCounts(database);
    this.#journal = new JournalBlocks(database);
    this.#insertEntry = prepareQuery(
      database,
      `INSERT INTO entries (id, merchant, provider, operation, key, idempotency_key, content_digest, claims, ordering_key,
         payment_id, operation_type, total_minor, depends_on, previous, reference, business_time, accepted_at, document, body)
       VALUES (:id, :merchant, :provider, :operation, :key, :idempotency_key, :content_digest, :claims, :ordering_key,
         :payment_id, :operation_type, :total_minor, :depends_on, :previous, :reference, :business_time, :accepted_at, :document, :body)`,
    );
    this.#insertDelivery = prepareQuery(
      database,
      `INSERT INTO deliveries (sequence, provider, account, merchant, queue, accepted_at, state, changed_at, due_at,
         fence, attempts, failures, awaits, version, block, hash)
       VALUES (:sequence, :provider, :account, :merchant, :queue, :accepted_at, :state, :changed_at, :due_at,
         :fence, :attempts, :failures, :awaits, :version, :block, :hash)`,
    );
    this.#updateDelivery = prepareQuery(
      database,
      `UPDATE deliveries SET account = :account, state = :state, changed_at = :changed_at, due_at = :due_at,
         worker = :worker, fence = :fence, attempts = :attempts, failures = :failures,
         first_attempt_at = :first_attempt_at, last_attempt_at = :last_attempt_at,
         provider_document_id = :provider_document_id, reason = :reason,
         awaits = iif(:awaits IS NULL, NULL, awaits), version = :version, block = :block, hash = :hash
       WHERE sequence = :sequence`,
    );
    this.#insertRegistration = prepareQuery(
      database,
      'INSERT INTO registrations VALUES (:sequence, :registration)',
    );
    this.#insertReissue = prepareQuery(
      database,
      "INSERT INTO reissues VALUES (:sequence, :reissue ->> '$.number', :reissue)",
    );
  }

  /** Adds a new row, which is also given as it is stored, with its first journal row. */
  add(row: Omit<EntryRow, 'sequence'>, stored: StoredColumns, note: JournalNote): EntryRow {
    const journalled = { ...row, ...this.#journalled(row, null, row.state, note) };
    const columns = { ...journalled, ...stored };
    const sequence = this.#insertEntry.insert(columns);
    this.#insertDelivery.run({
      ...columns,
      sequence,
      awaits: row.awaits === null ? null : saleOf({ ...row, operation_type: row.awaits }),
      hash: storedDigest(journalled.hash),
    });
    this.#counts.move(row.provider, null, row.state);
    return { ...journalled, sequence };
  }

  /** Changes a row; without a note, the journal says nothing about it. */
  change<Row extends ChangeableRow>(row: Row, change: EntryChange, note?: JournalNote): Row {
    const changed = { ...row, ...change };
    const journalled = note
      ? { ...changed, ...this.#journalled(row, row.state, changed.state, note) }
      : changed;
    const { registration, reissue, worker } = journalled;
    this.#updateDelivery.run({
      ...journalled,
      account: this.names.numberOf(journalled.account),
      worker: worker === null ? null : this.names.numberOf(worker),
      hash: storedDigest(journalled.hash),
    });
    if (change.registration != null) this.#insertRegistration.run({ sequence: row.sequence, registration });
    if (reissue !== row.reissue) this.#insertReissue.run({ sequence: row.sequence, reissue });
    this.#counts.move(row.provider, row.state, journalled.state);
    return journalled;
  }

  /** Writes what has gathered, at the end of the transaction that made it. */
  beforeCommit(): void {
    this.#counts.write();
    this.#journal.write();
  }

  /** Forgets what has gathered: it was rolled back. */
  afterRollback(): void {
    this.#counts.forget();
    this.#journal.forget();
    this.names.forget();
  }

  #journalled(
    row: Pick<EntryRow, 'id' | 'version' | 'hash' | 'block'>,
    from: EntryState | null,
    to: EntryState,
    { at, details }: JournalNote,
  ): Pick<EntryRow, 'version' | 'hash' | 'block'> {
    const version = row.version + 1;
    const fact = { entryId: row.id, version, at: new Date(at), from, to, details };
    const before = row.block === undefined ? null : { hash: row.hash, block: row.block };
    return { version, ...this.#journal.add(fact, before) };
  }
}

/** What a transition changes in a row; it ends the lease. */
export function changeByTransition(transition: Transition, row: DeliveryRow, now: number): EntryChange {
  const { to, dueInMs, failures, registration, reason, reissue } = transition;
  return {
    state: to,
    changed_at: to === row.state ? row.changed_at : now,
    due_at: dueInMs === null ? null : now + Math.ceil(dueInMs),
    worker: null,
    failures,
    first_attempt_at: transition.unsent ? null : row.first_attempt_at,
    provider_document_id: reissue
      ? null
      : (registration?.providerDocumentId ?? transition.providerDocumentId ?? row.provider_document_id),
    reissue: reissue ? reissueText(reissue) : row.reissue,
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
