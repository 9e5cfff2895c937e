import type { Reason } from '@fiscalkit/client';
import type { Entry, EntryState, ListedEntry, NewEntry } from '../entry/entry.js';
import type { Dependent } from '../entry/sale-dependency.js';
import type { Step, Transition } from '../entry/transition.js';
import type { JournalRow, Seal } from '../journal/journal-row.js';
import type { EventLog } from './event-log.js';
import type { EventReaders } from './event-readers.js';
import type { EventStore } from './event-store.js';
import type { InterventionStore, RestoreWindow } from './intervention-store.js';
import type { ReceiptReads } from './receipt-reads.js';

/** What accepting one entry came to. */
export type AcceptOutcome =
  | { readonly kind: 'accepted'; readonly entry: Entry }
  /** The same content is stored under the same key or unique key: this is the stored entry. */
  | { readonly kind: 'replayed'; readonly entry: Entry }
  /** Other content has the idempotency key, or one of the unique keys. */
  | { readonly kind: 'conflict'; readonly entry: Entry; readonly over: 'idempotency-key' | string }
  /** The same content is stored under another key, and the new entry refuses to be its twin. */
  | { readonly kind: 'twin'; readonly entry: Entry };

/** What names the documents of one payment. */
export interface PaymentName extends Pick<Entry, 'merchant' | 'operation'> {
  readonly paymentId: string;
}

/** Entries of one payment that are accepted together or not at all. */
export interface EntriesOfPayment {
  /** At least one; all of one merchant, operation and payment, each with a key of its own. */
  readonly entries: readonly NewEntry[];
  /** Sequence of the newest entry of the payment that the entries were made from; 0 for none. */
  readonly newestSequence: number;
}

/** What accepting one of several entries came to. */
export type AcceptTogetherOutcome =
  | AcceptOutcome
  /** Not accepted: the payment has a newer entry than the newest that was known, or another of them was not. */
  | { readonly kind: 'outdated' };

/** An entry that one worker holds for a while. */
export interface Claim<Stored = Entry> {
  readonly entry: Stored;
  readonly step: Step;
  /** Rises with every claim of the entry; a result with an older fence is refused. */
  readonly fence: number;
  /** When the entry was claimed, by the store's clock: what the age of an attempt is measured against. */
  readonly claimedAt: Date;
}

/** Whose entries are meant: those of one merchant, for one account of a provider. */
export interface BacklogName {
  readonly account: string;
  readonly merchant: string;
}

/** How many entries of one merchant, for one account, a worker asks for at most. */
export interface ClaimShare extends BacklogName {
  readonly limit: number;
  /**
   * How many entries of the account all workers may hold at the same time; no limit when absent. A store of
   * one process leaves that to its only dispatcher.
   */
  readonly mostHeld?: number;
  /** What the entries must be due for: to be sent, or to be polled or searched. Both when absent. */
  readonly kind?: CallKind;
  /**
   * Least time between two claims of this kind for the account, over all workers, in milliseconds: with it, one
   * entry is taken at most. A store of one process leaves that to its only dispatcher.
   */
  readonly everyMs?: number;
}

/** Kind of a call to a provider, as providers limit them. */
export type CallKind = 'submit' | 'poll';

/**
 * When the next entry of one merchant, for one account, is due, or its next lease runs out: in milliseconds.
 */
export interface Wait extends BacklogName {
  readonly dueInMs: number;
}

/** What a worker asks for. */
export interface ClaimQuery {
  readonly provider: string;
  /** Each with another name or kind. Nobody else's entries are touched. */
  readonly shares: readonly ClaimShare[];
  /** How long the worker may hold the entries, in milliseconds of the store's clock. */
  readonly leaseMs: number;
  readonly worker: string;
}

/** What becomes of entries that are due for an account which nobody delivers to. */
export interface HoldQuery extends BacklogName {
  readonly provider: string;
  /** The account that some of them go to; `null` where there is none. */
  readonly moveTo: string | null;
  /** Which of them: those that surely were never sent, or all. */
  readonly moves: 'unsent' | 'all';
  /** Why the others wait. */
  readonly reason: Reason;
  /** For how long they must have been due, in milliseconds; `null` takes in also what is due later. */
  readonly dueForMs: number | null;
  /** Most entries that are changed. */
  readonly limit: number;
}

/** Hint that an entry may have an outcome at its provider. */
export interface Hint {
  readonly id: string;
  /** The version of the entry that the hint was compared with. */
  readonly version: number;
  /** Least time between two steps of the entry that hints bring forward, in milliseconds. */
  readonly everyMs: number;
  /** Provider's id of the document, where it is proven; kept unless the entry has one. */
  readonly document?: { readonly providerDocumentId: string; readonly details: string };
}

/** How many entries were changed. */
export interface HoldOutcome {
  readonly moved: number;
  readonly held: number;
}

/** A result to write, under the fence of its claim. */
export interface Settlement {
  readonly id: string;
  readonly fence: number;
  /** The entry as the claim handed it over: with it, a store need not read again what never changes. */
  readonly entry?: Entry;
  readonly transition: Transition;
}

/**
 * `written` with the entry as it is now and those that are held from now on because it was rejected, or
 * `lease-lost`: another worker holds the entry, nothing was written.
 */
export type SettleOutcome<Stored = Entry, Held = Entry> =
  | { readonly kind: 'written'; readonly entry: Stored; readonly held?: readonly Held[] }
  | { readonly kind: 'lease-lost' };

/** Which entries to read. Filters that are absent let everything pass. */
export interface EntryQuery {
  readonly merchant: string;
  readonly operation?: string;
  readonly acceptedFrom?: Date;
  /** Exclusive. */
  readonly acceptedBefore?: Date;
  readonly paymentId?: string;
  readonly operationType?: string;
  readonly states?: readonly EntryState[];
  readonly totalMinor?: number;
  /** Exact name of at least one position. */
  readonly positionName?: string;
  /** Place of the entry that the list goes on behind; its time is in milliseconds. */
  readonly behind?: { readonly acceptedAt: number; readonly sequence: number };
  readonly offset: number;
  readonly limit: number;
}

/** What waits, for metrics and readiness. */
export interface StoreFigures {
  readonly byState: Readonly<Record<EntryState, number>>;
  /** Entries whose next step is due now. */
  readonly due: number;
  /** Acceptance of the oldest entry that is not final; now for one whose time is yet to come. */
  readonly oldestUnfinishedAt: Date | null;
  /** Entries that were accepted longer ago than asked, not final. */
  readonly overdue: number;
  /** Entries that have been in the state `unknown` for longer than asked. */
  readonly unknownForLong: number;
  /** Entries that are held, because the sale that they depend on was rejected. */
  readonly held: number;
  /** Until when what is accepted is looked for before it is first sent; `null` unless declared restored. */
  readonly restoredUntil: Date | null;
  /** Age of the oldest change that searches do not know yet, in milliseconds; 0 when they know all. */
  readonly searchLagMs: number;
  /** Per provider, how many entries are not final. */
  readonly unfinishedByProvider: Readonly<Record<string, number>>;
}

/** What a store can't do where it runs. */
export interface StoreLimit {
  /** Dotted code, for example `ledger.timeline.unseen`. */
  readonly code: string;
  readonly message: string;
}

/**
 * Store of entries. Every method is atomic and durable when its promise resolves; concurrent calls may share
 * one commit. Leases and due times follow the store's own clock. A store that can't write throws a
 * `FiscalError` with code `ledger.unavailable`, `retryable: true`, and has then written nothing.
 */
export interface LedgerStore extends EventStore, InterventionStore, ReceiptReads {
  /**
   * Stores the entry, or returns the one that was there first. What depends on a sale (`saleDependency`)
   * waits while none of its merchant and payment is registered and one may still be; where all were rejected,
   * it is held with the reason `sale.rejected`. Where there is none at all, it is sent.
   */
  accept(entry: NewEntry): Promise<AcceptOutcome>;
  /**
   * Stores all the entries as `accept` does, or none: where one of them was there before, is in conflict or a
   * twin, and where the payment has an entry that is newer than the newest known. So what was worked out from
   * the entries of a payment is accepted only while it still holds.
   */
  acceptTogether(given: EntriesOfPayment): Promise<readonly AcceptTogetherOutcome[]>;
  /** The first entries of a payment, in the order of their acceptance. */
  ofPayment(payment: PaymentName, limit: number): Promise<Entry[]>;
  /** Whether there is an entry that this one depends on, in whatever state; true for what depends on none. */
  knowsSale(entry: Dependent): Promise<boolean>;
  /**
   * Takes due entries of each share, oldest due first, whose earlier entries with the same ordering key are
   * all final or wait for a sale. An `accepted` entry becomes `sending` (and counts an attempt); a `sending`
   * entry whose lease ran out becomes `unknown`. What waits for a sale or is held is never taken.
   */
  claim(query: ClaimQuery): Promise<Claim[]>;
  /**
   * Writes a result, ends the lease, and makes the next entry of the ordering key due when this one is final.
   * What depends on this one goes on when it is registered, and is held when it is rejected and no other can
   * be registered. A result that changes neither the state nor the reason's code nor the provider's document
   * adds no journal row.
   */
  settle(settlement: Settlement): Promise<SettleOutcome>;
  /**
   * Makes entries of the provider that wait because of an outage (`reason.outage`) due now, only for these
   * accounts if given; returns how many.
   */
  makeDueNow(provider: string, accounts?: readonly string[]): Promise<number>;
  /**
   * Brings the next step of an entry forward, to now or to `everyMs` after the last that was: only of one that
   * is `pending` or `unknown`, that no worker holds and that is due later. Such a step counts for the one that
   * it replaces, so back-off does not grow by hints. Returns whether anything was written.
   */
  hint(hint: Hint): Promise<boolean>;
  /**
   * Gives entries that no worker holds a reason to wait, or another account; when they are due does not
   * change. Each change is a row in the journal, and an entry that has the reason already is left alone. The
   * entry of a worker that vanished is `unknown` then. An entry that an earlier life of a restored ledger may
   * have sent does not count as never sent.
   */
  holdAccount(query: HoldQuery): Promise<HoldOutcome>;
  get(merchant: string, id: string): Promise<Entry | null>;
  /** Newest first. */
  list(query: EntryQuery): Promise<ListedEntry[]>;
  /**
   * The same in portions of bounded size, each read on demand, so that nothing of the store is held in
   * between. Each entry is as it was when its portion was read; an entry that is accepted meanwhile is not
   * among them. Never delays writes.
   */
  listInPortions(query: EntryQuery): AsyncIterable<readonly ListedEntry[]>;
  /**
   * The same as JSON of the receipts API, serialised where it is read: each portion is at least one receipt,
   * with commas between them, in UTF-8. `created_at` is in the zone so many hours from UTC.
   */
  serializeInPortions(query: EntryQuery, utcOffsetHours: number): AsyncIterable<Uint8Array>;
  /** Ids of provider documents that belong to other entries with this ordering key. */
  boundDocumentIds(entry: Entry): Promise<Set<string>>;
  /**
   * When entries of the provider are due next: one answer for each of these names of which something can be
   * claimed then, or for each of which something waits at all. Its cost is per name, however many entries
   * there are.
   */
  waiting(provider: string, names?: readonly BacklogName[]): Promise<Wait[]>;
  /**
   * Counts what waits. An entry is overdue when it is not final `overdueAfterMs` after it was accepted, and
   * unknown for long when it has been in the state `unknown` for `unknownForLongMs`.
   */
  figures(overdueAfterMs: number, unknownForLongMs: number): Promise<StoreFigures>;
  /** The journal of one entry, oldest first. */
  journal(id: string): Promise<JournalRow[]>;
  /**
   * Seals the journal rows that no seal covers yet, and returns the last seal; `null` when there are none. A
   * store that seals rows as it writes them returns its newest seal, once.
   */
  seal(): Promise<Seal | null>;
  /**
   * Resolves when the store takes writes, as far as that is known: a full disk shows with the first write
   * that it refuses, and from then on a write is tried here.
   */
  checkWrites(): Promise<void>;
  /** Calls back when entries became due that this process did not accept. Returns an unsubscribe function. */
  onWake(listener: () => void): () => void;
  /**
   * Calls back when the store has detected that it went back in time, and declared itself restored before any
   * claim. Returns an unsubscribe function. Absent for a store that can't detect it.
   */
  onRestored?(listener: (window: RestoreWindow) => void): () => void;
  /** Place of the store, for operators: the file, or `host:port/database`; never with a password. */
  readonly place?: string;
  /** Limitations of the store where it runs, to be reported at the start. */
  readonly limits?: readonly StoreLimit[];
  /** Log of events for later readers; off until it is switched on. */
  readonly eventLog: EventLog;
  /** How far readers of events outside of the ledger are. */
  readonly eventReaders: EventReaders;
  close(): Promise<void>;
}
