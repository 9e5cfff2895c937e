import { unknownPlan } from '@fiscalkit/client';
import { isAccountReason } from '../entry/accounts.js';
import { isDoubtful, leaseLostReason } from '../entry/doubt.js';
import { type Entry, isFinal } from '../entry/entry.js';
import type { MemoryContent, MemoryRow } from './memory-row.fixture.js';
import type { World } from './world.fixture.js';

/** What the rest of the world can still notice of what a store has. */
export function contentKey(content: MemoryContent, world: World): string {
  const { restored } = content;
  const declared = restored === null ? '' : agedMs(restored.declaredAt, world);
  return [...content.rows.map((row) => rowKey(row, content, world)), declared].join(';');
}

function rowKey(row: MemoryRow, { rows, restored }: MemoryContent, world: World): string {
  const { entry, worker, awaits } = row;
  const { id, state, dueAt, lastAttemptAt, account, providerDocumentId } = entry;
  if (isFinal(state)) {
    const byHand = entry.reason?.code === 'intervention.rejected' ? 'by hand' : '';
    return [id, state, byHand, providerDocumentId].join();
  }
  const now = +world.storeTime;
  const dueInMs = dueAt === null ? '-' : Math.max(0, +dueAt - now);
  const isBefore = (other: MemoryRow) =>
    other.entry.dueAt !== null && dueAt !== null && other.entry.dueAt < dueAt;
  const isSearchable =
    lastAttemptAt !== null && (state === 'sending' || state === 'unknown' || isEventful(world));
  const isSurelySent = lastAttemptAt !== null && restored !== null && lastAttemptAt >= restored.declaredAt;
  return [
    id,
    state,
    dueInMs,
    dueInMs === 0 ? rows.filter(isBefore).length : '',
    worker === null ? '' : 'held',
    awaits ? 'awaits' : '',
    isSearchable ? agedMs(lastAttemptAt, world) : '',
    restored === null || isSurelySent ? '' : 'doubted',
    attemptsKey(entry, world),
    reasonKey(entry),
    isEventful(world) ? account : '',
    world.scenario.exact ? row.fence : '',
    providerDocumentId,
  ].join();
}

/** Whether more happens to entries than that they are delivered. */
function isEventful({ scenario: { people, accounts, standby } }: World): boolean {
  return people !== undefined || accounts !== undefined || standby !== undefined;
}

function agedMs(time: Date, { storeTime, scenario: { timing } }: World): number {
  return Math.min(+storeTime - +time, timing.settlesWithinMs + timing.startWithinMs);
}

/** Where every request may make a document, it matters whether the next one to be lost is a repeat. */
function attemptsKey({ attempts, state, reason }: Entry, world: World): number | string | boolean {
  if (world.scenario.exact) return Math.min(attempts, 3);
  const { capabilities } = world.providerOf(0);
  const isToldApart = unknownPlan(capabilities) === 'find' && capabilities.deduplicatesBy === 'nothing';
  if (!isToldApart || reason?.earlierUnknown) return '';
  return isEventful(world) && attempts === 0 ? 'new' : attempts > (state === 'accepted' ? 0 : 1);
}

/** What of a reason still matters. */
export function reasonKey({ state, reason }: Pick<Entry, 'state' | 'reason'>): string {
  if (reason === null) return '';
  return [
    state !== 'sending' && reason.outage ? 'outage' : '',
    reason.earlierUnknown ? 'repeat' : '',
    isDoubtful({ reason }) || isAccountReason(reason.code) ? reason.code : '',
    reason.code === leaseLostReason.code && !reason.earlierUnknown ? 'lost' : '',
  ].join('');
}
