import type { Finding, Verdict } from '@fiscalkit/client';
import { isFiscalError } from '@fiscalkit/schemas/errors';
import type { Entry, EntryState } from './entry.js';
import type { FiscalEventKind } from './fiscal-event.js';
import type { HandlerFailure } from './handler-failure.js';
import type { InterventionKind } from './operator-action.js';
import { type StoreTroubleReport, storeTroubleOf } from './store-trouble.js';
import type { Step } from './transition.js';

/**
 * Signals for observers of the ledger. They are for monitoring; the ledger itself is authoritative. An entry
 * holds the buyer's data: never log one whole.
 */
export type LedgerSignal =
  /** A new entry is durable. */
  | { readonly type: 'accepted'; readonly entry: Entry }
  /**
   * An entry became held, because the sale that it depends on was rejected; its reason is `sale.rejected`.
   */
  | { readonly type: 'held'; readonly entry: Entry }
  /**
   * A repeat was answered with the stored entry; `hadKey` is false if it was recognised by the content alone.
   */
  | { readonly type: 'replayed'; readonly entry: Entry; readonly hadKey: boolean }
  /** A receipt was refused as a twin of this entry. */
  | { readonly type: 'twin-refused'; readonly entry: Entry }
  /** A result was written; `from` is the state in which the step was taken. */
  | { readonly type: 'transition'; readonly entry: Entry; readonly from: EntryState }
  /** An operator intervened in an entry, which was in the state `from`. Only the journal has the reason. */
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
      /** Id of the entry. */
      readonly entryId: string;
      readonly provider: string;
      readonly step: Step;
      readonly verdict: Verdict['kind'] | Finding['kind'];
      /** Code of the reason; `null` on success. */
      readonly reason: string | null;
      readonly durationMs: number;
    }
  /** The circuit breaker of an account changed its state. */
  | {
      readonly type: 'breaker';
      readonly provider: string;
      readonly account: string;
      readonly state: BreakerState;
    }
  /** The provider began to refuse a merchant's key, or accepts it again; at most one refusal a minute. */
  | {
      readonly type: 'key';
      readonly provider: string;
      readonly account: string;
      readonly merchant: string;
      readonly state: 'refused' | 'accepted';
    }
  /** Entries for an account that is not configured were given that reason: `provider.account-changed`, … */
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
      /** Number of calls of the handler with the event. */
      readonly attempts: number;
    } & HandlerFailure)
  /**
   * The store detected that it had gone back in time: what may be missing since `since` is searched before it
   * is sent, for everything that is accepted before `until`. Later observers receive it, too.
   */
  | { readonly type: 'restored'; readonly since: Date; readonly until: Date }
  /** A limitation of the store where it runs; every observer receives it. */
  | { readonly type: 'store-limit'; readonly code: string; readonly message: string }
  /**
   * The store could not read or write, or a step failed on our side; delivery retries by itself, a caller got
   * the error. `cause` and the database's own code are its reasons, as far as they are known.
   */
  | ({ readonly type: 'store-error'; readonly code: string } & Partial<StoreTroubleReport>);

/** Signal of a write that may have brought about an event. */
type SignalOfWrite = Extract<LedgerSignal, { type: 'accepted' | 'transition' | 'intervention' }>;

/** Whether a signal is of a write that may have brought about an event. */
export function isOfWrite(signal: LedgerSignal): signal is SignalOfWrite {
  return signal.type === 'accepted' || signal.type === 'transition' || signal.type === 'intervention';
}

/** Receives the ledger's signals; it must be fast, because delivery waits for it. */
export type LedgerListener = (event: LedgerSignal) => void;

/** Observers of the ledger. Errors of a listener are dropped: observing must not disturb delivery. */
export class Observers {
  readonly #listeners = new Set<LedgerListener>();
  readonly #lasting: LedgerSignal[] = [];

  /**
   * Adds a listener, and replays the signals that are kept for later ones. Returns an unsubscribe function.
   */
  observe(listener: LedgerListener): () => void {
    this.#listeners.add(listener);
    for (const event of this.#lasting) notify(listener, event);
    return () => this.#listeners.delete(listener);
  }

  emit(event: LedgerSignal): void {
    for (const listener of this.#listeners) notify(listener, event);
  }

  /** Emits a signal that later observers must receive, too: it may come with the start. */
  emitLasting(event: LedgerSignal): void {
    this.#lasting.push(event);
    this.emit(event);
  }
}

function notify(listener: LedgerListener, event: LedgerSignal): void {
  try {
    listener(event);
  } catch {}
}

/** Returns the signal of a store's error. */
export function storeError(error: unknown): Extract<LedgerSignal, { type: 'store-error' }> {
  const code = isFiscalError(error) ? error.code : 'ledger.failed';
  return { type: 'store-error', code, ...storeTroubleOf(error) };
}

/** State of a circuit breaker. `open`: no calls; `half-open`: one trial call may check the account. */
export type BreakerState = 'closed' | 'open' | 'half-open';
