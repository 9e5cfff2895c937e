import { isFiscalError } from '@fiscalkit/schemas';
import { type Entry, isFinal, type ListedEntry, type NewEntry } from '../entry/entry.js';
import { isHeld } from '../entry/sale-dependency.js';
import type { AcceptOutcome, LedgerStore } from '../store/ledger-store.js';
import { isCallersKey } from './idempotency.js';
import type { LedgerContext } from './ledger-context.js';

/** How long a caller waits for the final state, in milliseconds, and what ends the wait early. */
export interface WaitOptions {
  readonly waitMs: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Stores a new entry, wakes its delivery, and notifies observers. A repeat returns the newest version of the
 * stored entry.
 */
export async function acceptEntry(context: LedgerContext, entry: NewEntry): Promise<AcceptOutcome> {
  return announceOutcome(context, entry, await context.store.accept(entry));
}

/** Wakes the delivery of what was accepted, and notifies observers; returns the newest version of a repeat. */
export async function announceOutcome(
  context: LedgerContext,
  entry: Pick<NewEntry, 'idempotencyKey'>,
  outcome: AcceptOutcome,
): Promise<AcceptOutcome> {
  if (outcome.kind === 'conflict') return outcome;
  if (outcome.kind === 'twin') {
    context.observers.emit({ type: 'twin-refused', entry: outcome.entry });
    return outcome;
  }
  const stored = await newestVersion(context.store, outcome.entry);
  if (outcome.kind === 'accepted') context.observers.emit({ type: 'accepted', entry: stored });
  else
    context.observers.emit({ type: 'replayed', entry: stored, hadKey: isCallersKey(entry.idempotencyKey) });
  if (outcome.kind === 'accepted' && isHeld(stored)) context.observers.emit({ type: 'held', entry: stored });
  context.wake(stored);
  return { kind: outcome.kind, entry: stored };
}

/** Interval of polls in milliseconds, since another process may deliver the entry. */
const pollIntervalMs = 500;

/** Returns the entry when it is final, or as it is when the wait is over. */
export async function awaitFinal(
  context: LedgerContext,
  entry: Entry,
  waitOptions: WaitOptions,
): Promise<Entry> {
  const overAt = performance.now() + waitOptions.waitMs;
  let latest = entry;
  for (
    let leftMs = waitOptions.waitMs;
    leftMs > 0 && !isFinal(latest.state) && !waitOptions.signal?.aborted;
    leftMs = overAt - performance.now()
  ) {
    await context.waiters.wait(entry.id, Math.min(leftMs, pollIntervalMs), waitOptions.signal);
    latest = (await read(context, latest)) ?? latest;
  }
  return latest;
}

/**
 * Reads the entry; `null` on a retryable error. A failed read must not make a stored entry look lost: the
 * next may succeed.
 */
async function read(context: LedgerContext, { merchant, id }: Entry): Promise<Entry | null> {
  try {
    return await context.store.get(merchant, id);
  } catch (error) {
    if (isFiscalError(error) && error.retryable) return null;
    throw error;
  }
}

/** Follows the resubmissions of a rejected entry to the newest version; every other entry is its own. */
export async function newestVersion(store: Pick<LedgerStore, 'successor'>, entry: Entry): Promise<Entry> {
  let newest = entry;
  while (newest.state === 'rejected') {
    const successor = await store.successor(newest);
    if (successor === null) break;
    newest = successor;
  }
  return newest;
}

/** Adds the id of its resubmission to a rejected entry, which stays rejected. */
export async function withSuccessor(
  store: Pick<LedgerStore, 'successor'>,
  entry: Entry,
): Promise<ListedEntry> {
  const successor = entry.state === 'rejected' ? await store.successor(entry) : null;
  return successor ? { ...entry, supersededBy: successor.id } : entry;
}
