import type { Reason, Registration } from '@fiscalkit/client';
import type { FiscalEventKind } from '@fiscalkit/schemas';
import type { Entry } from './entry.js';

export type { FiscalEventKind };

/** An event as stores keep it, with the entry in any form. */
export interface StoredEvent<Stored = Entry, Kind extends FiscalEventKind = FiscalEventKind> {
  /** Id of the event, the same in every delivery: identifies a repeat. */
  readonly id: string;
  readonly kind: Kind;
  /** Time of the event, by the store's clock. */
  readonly at: Date;
  /** The entry at the time of the call, which may be further than at the time of the event. */
  readonly entry: Stored;
}

/** A registered entry, which nothing changes any more. */
export interface RegisteredEntry extends Entry {
  readonly state: 'registered';
  readonly registration: Registration;
}

/** A rejected entry; a resubmission is another entry. */
export interface RejectedEntry extends Entry {
  readonly state: 'rejected';
  readonly reason: Reason;
}

type EntryOf<Kind extends FiscalEventKind> = Kind extends
  | 'receipt.registered'
  | 'correction.registered'
  | 'payment.confirmed'
  ? RegisteredEntry
  : Kind extends 'receipt.rejected' | 'correction.rejected' | 'payment.rejected'
    ? RejectedEntry
    : Entry;

/**
 * An event of an entry, of any of these kinds. Handlers are called at least once, so repeats are possible. A
 * registered entry has a registration, a rejected one a reason.
 */
export type FiscalEvent<Kind extends FiscalEventKind = FiscalEventKind> = Kind extends FiscalEventKind
  ? StoredEvent<EntryOf<Kind>, Kind>
  : never;

/** Happenings of an entry that handlers can subscribe to. */
export type Happening = 'accepted' | 'held' | 'registered' | 'rejected' | 'unknown-for-long' | 'overdue';

/** Happenings without a transition, which a poll has to find. */
export type Delay = Extract<Happening, 'unknown-for-long' | 'overdue'>;

/** Returns the kind of event of a happening for an operation; `null` when nobody can subscribe to it. */
export function eventKind(operation: string, happening: Happening): FiscalEventKind | null {
  if (operation === 'receipt') return `receipt.${happening}`;
  if (happening === 'held') return null;
  if (operation === 'correction') return `correction.${happening}`;
  if (!operation.startsWith('confirmation.')) return null;
  return happening === 'registered' ? 'payment.confirmed' : `payment.${happening}`;
}

/** Returns the id of an event: the entry, its version, and the happening. */
export function eventId(entryId: string, version: number, kind: FiscalEventKind): string {
  return `${entryId}:${version}:${kind}`;
}

/** Subscription of a handler. */
export interface Subscription {
  /** Name of the handler, the same in every release: events that are not delivered yet are kept under it. */
  readonly handler: string;
  readonly kinds: readonly FiscalEventKind[];
}
