import type { Finding, Verdict } from '@fiscalkit/client';
import { isFiscalError } from '@fiscalkit/schemas/errors';
import type { Entry, EntryState } from './entry.js';
import type { FiscalEventKind } from './fiscal-event.js';
import type { HandlerFailure } from './handler-failure.js';
import type { InterventionKind } from './operator-action.js';
import { type StoreTroubleReport, storeTroubleOf } from './store-trouble.js';
import type { Step } from './transition.js';

/**
 * What the ledger tells its observers. Events are for watching; the ledger itself is the truth. An entry holds the buyer's
 * data: never log one whole.
 */
export type LedgerSignal =
  /** A new entry is durable. */
  | { readonly type: 'accepted'; readonly entry: Entry }
  /** An entry is held from now on, because the sale that it depends on was rejected; `sale.rejected` is its reason. */
  | { readonly type: 'held'; readonly entry: Entry }
  /** A caller repeated itself and was given the stored entry; without a key of its own, by the content alone. */
  | { readonly type: 'replayed'; readonly entry: Entry; readonly hadKey: boolean }
  /** A receipt was refused because it would have been the twin of this entry. */
  | { readonly type: 'twin-refused'; readonly entry: Entry }
  /** A result was written; `from` is the state in which the step was taken. */
  | { readonly type: 'transition'; readonly entry: Entry; readonly from: EntryState }
  /** A person acted on an entry, which was in the state `from`. Why, only the journal says. */
  | {
      readonly type: 'intervention';
      readonly action: InterventionKind;
      readonly entry: Entry;
      readonly from: EntryState;
      readonly by: string;
    }
  /** A provider was called. */
  | {
      readonly type: 'attempt';
      /** Of what entry. */
      readonly entryId: string;
      readonly provider: string;
      readonly step: Step;
      readonly verdict: Verdict['kind'] | Finding['kind'];
      /** Code of the reason; `null` when all went well. */
      readonly reason: string | null;
      readonly durationMs: number;
    }
  /** The circuit breaker of an account is in another state. */
  | {
      readonly type: 'breaker';
      readonly provider: string;
      readonly account: string;
      readonly state: BreakerState;
    }
  /** The provider refuses a merchant's key from now on, or takes it again; at most one refusal a minute is told. */
  | {
      readonly type: 'key';
      readonly provider: string;
      readonly account: string;
      readonly merchant: string;
      readonly state: 'refused' | 'accepted';
    }
  /** Entries for an account that is not configured were given that as their reason to wait: `provider.account-changed`, … */
  | {
      readonly type: 'account-held';
      readonly provider: string;
      readonly account: string;
      readonly merchant: string;
      readonly reason: string;
      readonly entries: number;
    }
  /** A handler of events failed, and will be called again. */
  | ({
      readonly type: 'event-failed';
      readonly handler: string;
      readonly kind: FiscalEventKind;
      /** How often the handler was called with the event. */
      readonly attempts: number;
    } & HandlerFailure)
  /**
   * The store noticed that it had gone back in time: what the ledger does not know of the time from `since` on is looked for before
   * it is sent, for everything that is accepted before `until`. Told to later observers, too.
   */
  | { readonly type: 'restored'; readonly since: Date; readonly until: Date }
  /** What the store can't do where it runs; told to every observer. */
  | { readonly type: 'store-limit'; readonly code: string; readonly message: string }
  /**
   * The store could not read or write, or a step failed on our side; delivery tries again by itself, a caller has been told. `cause`
   * and the database's own code say why, as far as that is known.
   */
  | ({ readonly type: 'store-error'; readonly code: string } & Partial<StoreTroubleReport>);

/** Hears what the ledger tells; it must not take long, because delivery waits for it. */
export type LedgerListener = (event: LedgerSignal) => void;

/** Those who watch the ledger. What a listener throws is dropped: watching must not disturb delivery. */
export class Observers {
  readonly #listeners = new Set<LedgerListener>();
  readonly #lasting: LedgerSignal[] = [];

  /** Tells the listener what is for those who come later, too. Answers how to stop watching. */
  observe(listener: LedgerListener): () => void {
    this.#listeners.add(listener);
    for (const event of this.#lasting) tell(listener, event);
    return () => this.#listeners.delete(listener);
  }

  emit(event: LedgerSignal): void {
    for (const listener of this.#listeners) tell(listener, event);
  }

  /** Emits an event that also who begins to watch later must hear of: it may come with the start. */
  emitLasting(event: LedgerSignal): void {
    this.#lasting.push(event);
    this.emit(event);
  }
}

function tell(listener: LedgerListener, event: LedgerSignal): void {
  try {
    listener(event);
  } catch {}
}

/** What observers hear of a store's error. */
export function storeError(error: unknown): Extract<LedgerSignal, { type: 'store-error' }> {
  const code = isFiscalError(error) ? error.code : 'ledger.failed';
  return { type: 'store-error', code, ...storeTroubleOf(error) };
}

/** `open`: the account is left alone; `half-open`: one call may try whether it is back. */
export type BreakerState = 'closed' | 'open' | 'half-open';
