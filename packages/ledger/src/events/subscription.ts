import type { FiscalEventKind } from './fiscal-event.js';

/** Who wants to hear of what. */
export interface Subscription {
  /** Name of the handler, the same in every release: what has not reached it yet is kept under this name. */
  readonly handler: string;
  readonly kinds: readonly FiscalEventKind[];
}
