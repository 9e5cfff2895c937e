import type { FiscalEventKind } from './fiscal-event.js';

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
