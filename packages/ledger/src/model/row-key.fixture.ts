import { unknownPlan } from '@fiscalkit/client';
import { isAccountReason } from '../entry/accounts.js';
import { isDoubtful, leaseLostReason, windowOverReason } from '../entry/doubt.js';
import { type Entry, isFinal } from '../entry/entry.js';
import type { MemoryContent, MemoryRow } from './memory-row.fixture.js';
import type { Model } from './model.fixture.js';

/** Returns what the rest of the model can still observe of the content of a store. */
export function contentKey(content: MemoryContent, model: Model): string {
  const { restored } = content;
  const declared = restored === null ? '' : agedMs(restored.declaredAt, model);
  return [...content.rows.map((row) => rowKey(row, content, model)), declared].join(';');
}

function rowKey(row: MemoryRow, { rows, restored }: MemoryContent, model: Model): string {
  const { entry, worker, awaits } = row;
  const { id, state, dueAt, lastAttemptAt, account, providerDocumentId } = entry;
  if (isFinal(state)) {
    const byHand = entry.reason?.code === 'intervention.rejected' ? 'by hand' : '';
    return [id, state, byHand, providerDocumentId].join();
  }
  const now = +model.storeTime;
  const dueInMs = dueAt === null ? '-' : Math.max(0, +dueAt - now);
  const isBefore = (other: MemoryRow) =>
    other.entry.dueAt !== null && dueAt !== null && other.entry.dueAt < dueAt;
  const isSearchable =
    lastAttemptAt !== null && (state === 'sending' || state === 'unknown' || isEventful(model));
  const isSurelySent = lastAttemptAt !== null && restored !== null && lastAttemptAt >= restored.declaredAt;
  return [
    id,
    state,
    dueInMs,
    dueInMs === 0 ? rows.filter(isBefore).length : '',
    worker === null ? '' : 'held',
    awaits ? 'awaits' : '',
    isSearchable ? agedMs(lastAttemptAt, model) : '',
    restored === null || isSurelySent ? '' : 'guarded',
    attemptsKey(entry, model),
    windowKey(entry, model.storeTime, model),
    reasonKey(entry),
    isEventful(model) ? account : '',
    model.scenario.exact ? row.fence : '',
    providerDocumentId,
  ].join();
}

/** Whether more happens to entries than delivery. */
function isEventful({ scenario: { operators, accounts, standby } }: Model): boolean {
  return operators !== undefined || accounts !== undefined || standby !== undefined;
}

function agedMs(time: Date, { storeTime, scenario: { timing } }: Model): number {
  return Math.min(+storeTime - +time, timing.settlesWithinMs + timing.startWithinMs);
}

/** Returns how much of the provider's window is over for an entry, at a time. */
export function windowKey({ firstAttemptAt }: Entry, time: Date, { scenario }: Model): number | string {
  const { deduplicationWindowMs } = scenario.provider;
  if (deduplicationWindowMs === undefined || firstAttemptAt === null) return '';
  return Math.min(+time - +firstAttemptAt, deduplicationWindowMs);
}

/** Returns what of the attempts matters: whether the next lost one may be a repeat with its own document. */
function attemptsKey({ attempts, state, reason }: Entry, model: Model): number | string | boolean {
  if (model.scenario.exact) return Math.min(attempts, 3);
  const { capabilities } = model.providerOf(0);
  if (capabilities.deduplicationWindowMs !== undefined)
    return attempts > (state === 'accepted' ? 0 : 1) ? 'again' : '';
  const isDistinguished = unknownPlan(capabilities) === 'find' && capabilities.deduplicatesBy === 'nothing';
  if (!isDistinguished || reason?.earlierUnknown) return '';
  return isEventful(model) && attempts === 0 ? 'new' : attempts > (state === 'accepted' ? 0 : 1);
}

/** Returns what of a reason still matters. */
export function reasonKey({ state, reason }: Pick<Entry, 'state' | 'reason'>): string {
  if (reason === null) return '';
  return [
    state !== 'sending' && reason.outage ? 'outage' : '',
    reason.earlierUnknown ? 'repeat' : '',
    reason.calledDone ? 'done' : '',
    reason.repeat,
    isDoubtful({ reason }) || reason.code === windowOverReason.code || isAccountReason(reason.code)
      ? reason.code
      : '',
    reason.code === leaseLostReason.code && !reason.earlierUnknown ? 'lost' : '',
  ].join('');
}
