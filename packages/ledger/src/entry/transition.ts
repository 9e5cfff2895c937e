import type { Reason, Registration } from '@fiscalkit/client';
import type { EntryState, Reissue } from './entry.js';

/** Step that a claimed entry is due for. */
export type Step = 'submit' | 'poll' | 'find';

/** Transition of an entry after a step, decided by the state machine. */
export interface Transition {
  readonly to: Exclude<EntryState, 'sending'>;
  /** Delay of the next step, in milliseconds from now; `null` for none. */
  readonly dueInMs: number | null;
  /** Steps in a row without progress. */
  readonly failures: number;
  readonly providerDocumentId?: string;
  readonly registration?: Registration;
  readonly reason?: Reason;
  /**
   * Whether nothing that was sent until now was processed: the first attempt that may be is still to come.
   */
  readonly unsent?: true;
  /** Request that is sent from now on; the document of the last one is forgotten. */
  readonly reissue?: Reissue;
  /** Releases the entry although nothing that it depends on is registered; only an operator decides that. */
  readonly released?: true;
}
