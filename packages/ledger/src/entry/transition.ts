import type { Reason, Registration } from '@fiscalkit/client';
import type { EntryState } from './entry.js';

/** The step that a claimed entry is due for. */
export type Step = 'submit' | 'poll' | 'find';

/** What a step came to, as the state machine decided. */
export interface Transition {
  readonly to: Exclude<EntryState, 'sending'>;
  /** When the next step is due, in milliseconds from now; `null` for none. */
  readonly dueInMs: number | null;
  /** Steps in a row that brought nothing new. */
  readonly failures: number;
  readonly providerDocumentId?: string;
  readonly registration?: Registration;
  readonly reason?: Reason;
  /** Lets the entry go although nothing that it depends on is registered; only a person decides that. */
  readonly released?: true;
}
