import { registerOfOthers } from '../entry/accounts.js';
import { busyRefusal, type OfferedAction, refusalOf } from '../entry/action-rules.js';
import type { Entry, EntryState, NewEntry } from '../entry/entry.js';
import type {
  AccountOperatorAction,
  FoundOutcome,
  OperatorAction,
  SettledAccount,
} from '../entry/operator-action.js';
import { type Decision, transitionByOperator } from '../entry/operator-transition.js';
import { originOf } from '../entry/receipt-origin.js';
import type { Transition } from '../entry/transition.js';
import type { InterventionNote } from '../journal/details.js';
import type { JournalRow } from '../journal/journal-row.js';
import type { AcceptOutcome } from '../store/ledger-store.js';
import { acceptFromFamily } from './accept-derived.js';
import { acceptEntry, announceOutcome } from './accept-entry.js';
import type { ManyInterventions, ManyInterventionsResult } from './batch-call.js';
import {
  accountUnknown,
  actionRefused,
  confirmationConflict,
  entryBusy,
  entryNotFound,
  entryState,
  interventionInvalid,
  operatorFaults,
  receiptBusy,
  receiptTwin,
} from './errors.js';
import { interveneInMany } from './intervene-in-many.js';
import type { LedgerContext } from './ledger-context.js';
import { providerUnsupported, takes } from './merchants.js';
import { isMoved, isOfOthers, movedReason, moveRefusal, offeredActions, targetOf } from './moved-entry.js';
import { registrationFound } from './registration-found.js';
import { type DocumentServices, deriveAgain, prepareAgain, type Resubmission } from './resubmission.js';
import { settleAccount } from './settle-account.js';
import { Turns } from './turns.js';
import { writeIntervention } from './write-intervention.js';

/** Filter of the entries that need an operator. */
export interface StuckEntriesQuery {
  readonly merchant?: string | undefined;
  /** Only entries of these merchants. */
  readonly merchants?: readonly string[] | undefined;
  readonly states?: readonly EntryState[] | undefined;
  /**
   * Least age of entries that are neither parked nor held nor final, in milliseconds; 600,000 when absent.
   */
  readonly olderThanMs?: number | undefined;
  readonly offset?: number | undefined;
  /** 100 when absent, 1,000 at most. */
  readonly limit?: number | undefined;
}

/** An entry and its history. */
export interface EntryHistory {
  readonly entry: Entry;
  /** Oldest row first. */
  readonly journal: readonly JournalRow[];
  /** Id of the entry that this one was resubmitted as, if it was. */
  readonly supersededBy: string | null;
}

/** Number of attempts to record a resubmission in a journal to which others add at the same time. */
const noteTries = 5;

/**
 * Interventions of operators in what delivery can't settle by itself. Every intervention is a row in the
 * entry's journal, and ends the lease that a worker may have on it. All throw a `FiscalError` with code
 * `intervention.invalid` and all faults, `entry.not-found`, `entry.busy` (retryable), `entry.state` or
 * `ledger.unavailable`; the entry is then unchanged.
 */
export class InterventionService {
  readonly #context: LedgerContext;
  readonly #documents: DocumentServices;
  readonly #batchTurns = new Turns();

  constructor(context: LedgerContext, documents: DocumentServices) {
    this.#context = context;
    this.#documents = documents;
  }

  /**
   * Returns the entries that need an operator, longest unchanged first: parked and held ones, rejected ones
   * that were not resubmitted, and those that are not final so long after they were accepted.
   */
  async stuck(query: StuckEntriesQuery = {}): Promise<Entry[]> {
    const { merchant, merchants, states, olderThanMs = 600_000, offset = 0, limit = 100 } = query;
    const ofMerchant = merchant === undefined ? undefined : [merchant];
    const named = ofMerchant?.filter((id) => merchants?.includes(id) ?? true) ?? merchants;
    return this.#context.store.stuck({
      ...(named !== undefined && { merchants: named }),
      ...(states !== undefined && { states }),
      olderThanMs,
      offset,
      limit: Math.min(limit, 1_000),
    });
  }

  /** Returns an entry of any merchant with its journal; `null` when there is none. */
  async history(id: string): Promise<EntryHistory | null> {
    const entry = await this.#context.store.entry(id);
    if (entry === null) return null;
    const journal = await this.#context.store.journal(id);
    const successor = entry.state === 'rejected' ? await this.#context.store.successor(entry) : null;
    return {
      entry,
      journal: journal.filter(({ version }) => version <= entry.version),
      supersededBy: successor?.id ?? null,
    };
  }

  /**
   * Makes the next step of an entry due now. A parked one returns to `pending` when the provider's document
   * is known, to `unknown` when it may ever have been sent (so it is searched before it is sent again), else
   * to `accepted`. One that is held because its sale was rejected (`sale.rejected`) is released: it is sent
   * although no sale is registered.
   */
  async retry(given: OperatorAction): Promise<Entry> {
    return this.#intervene(given, () => ({ action: 'retry' }));
  }

  /** Makes the next look for an entry that the provider has, or may have, due now. */
  async findNow(given: OperatorAction): Promise<Entry> {
    return this.#intervene(given, () => ({ action: 'look-up' }));
  }

  /** Lets a parked entry, or one that is held because its sale was rejected, go on: as `retry` does. */
  async release(given: OperatorAction): Promise<Entry> {
    return this.#intervene(given, () => ({ action: 'release' }));
  }

  /** Stops delivery until an operator retries or resolves the entry. Later entries of its payment wait. */
  async park(given: OperatorAction): Promise<Entry> {
    return this.#intervene(given, () => ({ action: 'park' }));
  }

  /**
   * Makes an entry final by an operator's finding. Also throws what `parseReceiptLink` throws: `link.host`, …
   */
  async resolve(given: OperatorAction & { readonly outcome: FoundOutcome }): Promise<Entry> {
    return this.#intervene(given, (entry) => ({
      action: 'resolve',
      registration: registrationFound(given.outcome, entry),
    }));
  }

  /**
   * Resubmits a rejected document, corrected or unchanged, as a new entry of the same payment; returns that.
   * A repeat with the same document returns the same entry; with another one it is refused with
   * `entry.state`. Also throws what the service of the document throws: `receipt.invalid`, `receipt.twin`,
   * `confirmation.invalid`, `confirmation.link.conflict`, …
   */
  async resubmit(given: OperatorAction & Resubmission): Promise<Entry> {
    checkOperatorAction(given);
    const rejected = await this.#entry(given.id);
    transitionOf(rejected, { action: 'resubmit' });
    if (rejected.account === registerOfOthers) throw entryState(isOfOthers);
    const entry = await this.#acceptAgain(rejected, prepareAgain(this.#documents, rejected, given));
    await this.#noteResubmission(given, rejected, entry.id);
    return entry;
  }

  /**
   * Moves a document that nobody has processed to another account of its merchant: it is frozen anew for that one,
   * as the next version of the entry, and the entry is rejected with `intervention.moved`. Returns the new entry;
   * a repeat returns the same, and finishes a move that was interrupted. Also throws `account.unknown`,
   * `provider.unsupported` where the account takes no such document, and what the service of the document throws.
   */
  async move(given: OperatorAction & { readonly account: string }): Promise<Entry> {
    checkOperatorAction(given);
    const entry = await this.#entry(given.id);
    if (entry.account === registerOfOthers) throw entryState(isOfOthers);
    const merchant = this.#context.merchants.merchant(entry.merchant);
    const target = targetOf(merchant, given.account);
    const { receipt_format: written } = entry.document;
    const format = typeof written === 'string' ? written : undefined;
    if (!takes(target, entry.operation, format)) throw providerUnsupported(entry.operation, { format });
    if (entry.account === given.account) throw entryState('The document is for this account already.');
    const next = prepareAgain(this.#documents, entry, {}, given.account);
    if (next.account !== given.account) throw accountUnknown([next.account]);
    const rejected = isMoved(entry) ? entry : await this.#giveUp(given, entry);
    const accepted = await this.#acceptAgain(rejected, next);
    if (accepted.account !== given.account)
      throw entryState('This document was moved to another account before.');
    await this.#noteResubmission(given, rejected, accepted.id);
    return accepted;
  }

  /** Ends an entry that nobody has processed, so that its document can go elsewhere. */
  async #giveUp(given: OperatorAction & { readonly account: string }, entry: Entry): Promise<Entry> {
    const refusal = await moveRefusal(this.#context, entry);
    if (refusal) throw actionRefused(refusal);
    const decision = { action: 'resolve', registration: null, reason: movedReason } as const;
    return this.#decide(entry, decision, { given, action: decision.action, account: given.account });
  }

  /** Accepts the next version; of a receipt that was made from another only what is left of that. */
  async #acceptAgain(rejected: Entry, next: NewEntry): Promise<Entry> {
    const outcome = await this.#acceptVersion(rejected, next);
    if (outcome.kind === 'conflict') throw versionConflict(outcome.over);
    if (outcome.kind === 'twin') throw receiptTwin(outcome.entry);
    return outcome.entry;
  }

  async #acceptVersion(rejected: Entry, next: NewEntry): Promise<AcceptOutcome> {
    if (originOf(rejected) === null) return acceptEntry(this.#context, next);
    const payment = { merchant: rejected.merchant, paymentId: rejected.facets.paymentId };
    const [outcome] = await acceptFromFamily(this.#context, payment, (family) => {
      const accepted = family.acceptedAs(({ idempotencyKey }) => idempotencyKey === next.idempotencyKey);
      return accepted.length > 0 ? [next] : [deriveAgain(family, rejected, next)];
    });
    if (outcome === undefined) throw receiptBusy();
    return announceOutcome(this.#context, next, outcome);
  }

  /**
   * Settles all entries of an account that is no longer configured, each with its row in the journal; a
   * repeat settles what was left. Throws a `FiscalError` with code `account.configured` or `account.other` if
   * that is possible for none of them.
   */
  async settleAccount(given: AccountOperatorAction): Promise<SettledAccount> {
    checkOperatorAction(given);
    return settleAccount(this.#context, given);
  }

  /**
   * Acts on all entries that match a filter, each with its row in the journal: look up, retry, park or release. Cut
   * off in the middle, the same call goes on, and acts on no entry twice. Also throws `intervention.needs-evidence`.
   */
  async interveneInMany(given: ManyInterventions): Promise<ManyInterventionsResult> {
    return interveneInMany(this.#context, this.#batchTurns, given);
  }

  /** Returns the acts on an entry, each with the reason why it is not possible now, if it is not. */
  async offeredActions(entry: Entry): Promise<OfferedAction[]> {
    return offeredActions(this.#context, entry);
  }

  async #intervene(given: OperatorAction, decide: (entry: Entry) => Decision): Promise<Entry> {
    checkOperatorAction(given);
    const entry = await this.#entry(given.id);
    const decision = decide(entry);
    return this.#decide(entry, decision, { given, ...decision });
  }

  /** Writes a decision, and wakes the delivery of its entry. */
  async #decide(entry: Entry, decision: Decision, note: InterventionNote): Promise<Entry> {
    const written = await this.#write(entry, decision, note);
    if (written === null) throw entryBusy();
    this.#context.wake(written);
    return written;
  }

  /** Records a resubmission. The new entry exists already, so only the record may have to be retried. */
  async #noteResubmission(given: OperatorAction, rejected: Entry, successor: string): Promise<void> {
    const decision = { action: 'resubmit' } as const;
    for (let entry = rejected, tries = 0; tries < noteTries; tries += 1) {
      if (await this.#write(entry, decision, { given, ...decision, successor })) return;
      entry = await this.#entry(given.id);
    }
    throw entryBusy();
  }

  async #entry(id: string): Promise<Entry> {
    const entry = await this.#context.store.entry(id);
    if (entry === null) throw entryNotFound();
    return entry;
  }

  /** Returns the entry as it is now, or `null` when it has changed meanwhile. */
  async #write(entry: Entry, decision: Decision, note: InterventionNote): Promise<Entry | null> {
    return writeIntervention(this.#context, entry, { transition: transitionOf(entry, decision), note });
  }
}

function transitionOf(entry: Entry, decision: Decision): Transition {
  const transition = transitionByOperator(entry, decision);
  if (typeof transition !== 'string') return transition;
  throw actionRefused(refusalOf(entry, decision.action) ?? busyRefusal);
}

function versionConflict(over: string): Error {
  return over === 'idempotency-key'
    ? entryState('This entry was handed in again before, with another document.')
    : confirmationConflict(over);
}

/** Throws `intervention.invalid` with all faults unless the operator and the reason are given. */
function checkOperatorAction(given: Pick<OperatorAction, 'by' | 'reason'>): void {
  const faults = operatorFaults(given);
  if (faults.length > 0) throw interventionInvalid(faults);
}
