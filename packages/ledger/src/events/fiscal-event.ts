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

/** Something that happened to an entry. Handlers hear of it at least once, so they may hear of it again. */
export interface FiscalEvent<Stored = Entry> {
  /** The same whenever and to whomever the event is delivered: what to recognise a repeat by. */
  readonly id: string;
  readonly kind: FiscalEventKind;
  /** When it happened, by the store's clock. */
  readonly at: Date;
  /** The entry as it is when the handler is called, which may be further than when the event happened. */
  readonly entry: Stored;
}
