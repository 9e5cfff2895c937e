import type { FiscalEvent, FiscalEventKind, StoredEvent } from './fiscal-event.js';
import type { Subscription } from './subscription.js';

/** Takes events of these kinds. One that throws or rejects is called again with the same event, later and later. */
export type EventCallback<Kind extends FiscalEventKind = FiscalEventKind> = (
  event: FiscalEvent<Kind>,
) => Promise<void> | void;

/** A subscription of this process. */
export interface EventHandler extends Subscription {
  readonly callback: (event: StoredEvent) => Promise<void> | void;
}
