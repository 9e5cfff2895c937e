import type { FaultControl } from './faults/fault-control.js';
import type { Journal, JournalFilter } from './journal/journal.js';

/** A running sandbox; `await using` closes it at the end of a test. */
export interface Sandbox extends AsyncDisposable {
  /** Where it listens, without a slash at the end: `http://127.0.0.1:8090`. */
  readonly url: string;
  readonly port: number;
  readonly faults: FaultControl;
  /** What has been registered so far. */
  journal(filter?: JournalFilter): Journal;
  /** Forgets everything registered, also in the data file, and goes back to the fault rules of the start. */
  reset(): void;
  /** Stops listening and breaks what is still waiting. */
  close(): Promise<void>;
}
