import type { Reason, Registration } from '@fiscalkit/client';
import type { Entry } from './entry.js';

/** What handlers can hear of: `receipt.*` of receipts, `payment.*` of payment confirmations. */
export const fiscalEventKinds = [
  'receipt.accepted',
  'receipt.held',
  'receipt.registered',
  'receipt.rejected',
  'receipt.unknown-for-long',
  'receipt.overdue',
  'payment.accepted',
  'payment.confirmed',
  'payment.rejected',
  'payment.unknown-for-long',
  'payment.overdue',
] as const;

export type FiscalEventKind = (typeof fiscalEventKinds)[number];

/** An event as stores keep it, about an entry in whatever form. */
export interface StoredEvent<Stored = Entry, Kind extends FiscalEventKind = FiscalEventKind> {
  /** The same whenever and to whomever the event is delivered: what to recognise a repeat by. */
  readonly id: string;
  readonly kind: Kind;
  /** When it happened, by the store's clock. */
  readonly at: Date;
  /** The entry as it is when the handler is called, which may be further than when the event happened. */
  readonly entry: Stored;
}

/** An entry that is registered, which nothing changes any more. */
export interface RegisteredEntry extends Entry {
  readonly state: 'registered';
  readonly registration: Registration;
}

/** An entry that is rejected; if it is handed in again, it is as another entry. */
export interface RejectedEntry extends Entry {
  readonly state: 'rejected';
  readonly reason: Reason;
}

type EntryOf<Kind extends FiscalEventKind> = Kind extends 'receipt.registered' | 'payment.confirmed'
  ? RegisteredEntry
  : Kind extends 'receipt.rejected' | 'payment.rejected'
    ? RejectedEntry
    : Entry;

/**
 * Something that happened to an entry, of any of these kinds. Handlers hear of it at least once, so they may hear of it again. What is
 * registered has a registration, what is rejected has a reason.
 */
export type FiscalEvent<Kind extends FiscalEventKind = FiscalEventKind> = Kind extends FiscalEventKind
  ? StoredEvent<EntryOf<Kind>, Kind>
  : never;

/** What can happen to an entry that handlers may want to hear of. */
export type Happening = 'accepted' | 'held' | 'registered' | 'rejected' | 'unknown-for-long' | 'overdue';

/** The happenings that no transition brings: somebody has to look for them. */
export type Delay = Extract<Happening, 'unknown-for-long' | 'overdue'>;

/** The kind of event that a happening is to an entry of this operation; `null` when nobody can subscribe to it. */
export function eventKind(operation: string, happening: Happening): FiscalEventKind | null {
  if (operation === 'receipt') return `receipt.${happening}`;
  if (!operation.startsWith('confirmation.') || happening === 'held') return null;
  return happening === 'registered' ? 'payment.confirmed' : `payment.${happening}`;
}

/** The id of an event: which entry, which version of it, and what happened. */
export function eventId(entryId: string, version: number, kind: FiscalEventKind): string {
  return `${entryId}:${version}:${kind}`;
}

/** Who wants to hear of what. */
export interface Subscription {
  /** Name of the handler, the same in every release: what has not reached it yet is kept under this name. */
  readonly handler: string;
  readonly kinds: readonly FiscalEventKind[];
}
