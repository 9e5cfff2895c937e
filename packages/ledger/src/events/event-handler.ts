import type { FiscalEvent } from './fiscal-event.js';
import type { Subscription } from './subscription.js';

/** Takes an event. One that throws or rejects is called again with the same event, later and later. */
export type EventCallback = (event: FiscalEvent) => Promise<void> | void;

/** A subscription of this process. */
export interface EventHandler extends Subscription {
  readonly callback: EventCallback;
}
