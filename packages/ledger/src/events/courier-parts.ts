import type { LedgerEvent } from '../observation/ledger-event.js';
import type { EventStore } from '../store/event-store.js';
import type { LedgerStore } from '../store/ledger-store.js';
import type { EventSettings } from './event-settings.js';

/** What the delivery of events works with. */
export interface CourierParts {
  readonly store: EventStore & Pick<LedgerStore, 'onWake'>;
  readonly settings: EventSettings;
  /** After how long an entry that is not final is announced as overdue, in milliseconds. */
  readonly overdueAfterMs: number;
  /** Name of this worker in leases. */
  readonly worker: string;
  readonly emit: (event: LedgerEvent) => void;
  readonly random: () => number;
  /** Milliseconds on a clock that never jumps. */
  readonly elapsed: () => number;
}
