import type { Reason, Registration } from '@fiscalkit/client';
import type { Entry } from '../entry/entry.js';

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
