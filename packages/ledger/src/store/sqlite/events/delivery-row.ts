import type { FiscalEventKind } from '../../../events/fiscal-event.js';

/** A delivery as the table holds it: times in milliseconds. */
export interface DeliveryRow {
  readonly id: number;
  readonly handler: string;
  readonly kind: FiscalEventKind;
  /** The entry that the event is about, and its version when the event happened. */
  readonly sequence: number;
  readonly version: number;
  readonly at: number;
  readonly due_at: number | null;
  /** Who holds the lease, until `due_at`; `null` when nobody does. */
  readonly worker: string | null;
  readonly fence: number;
  readonly attempts: number;
}
