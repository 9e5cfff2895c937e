import { isDoubtful } from '../state/is-doubtful.js';
import { isFinal } from '../state/is-final.js';
import type { MemoryRow } from './memory-row.fixture.js';
import type { RewindableStore } from './model-store.fixture.js';
import { isOnItsWay } from './provider-steps.fixture.js';
import { workerKey } from './worker-key.fixture.js';
import type { World } from './world.fixture.js';
import { memoryKey, requestKey } from './world-keys.fixture.js';

/**
 * Says where a world is, so that two moments with the same text can lead to the same: times are told relative to now and only
 * as far as anything still depends on them, fences by whether they are the newest, and the two workers have no names.
 */
export function canonicalKey(world: World<RewindableStore>): string {
  const { state, scenario } = world;
  const rows = world.store.save();
  const awaited = state.workers.map((worker) => (worker.phase === 'waiting' ? worker.request : null));
  const orphans = state.wire.filter(
    (request) => isOnItsWay(request, world) && !awaited.includes(request.number),
  );
  return [
    Object.values(state.clients).map(({ handedIn, told }) => `${handedIn}${told === null ? '-' : '+'}`),
    rows.map((row) => rowKey(row, rows, world)),
    state.workers.map((worker, index) => workerKey(worker, index, world)).sort(),
    scenario.processes === 'one' ? memoryKey(0, world) : '',
    atMostTwice(orphans.map((request) => requestKey(request, world)).sort()),
    state.documents.map((document) => `${document.id}${document.state}`),
    state.jumpsLeft,
    state.broken,
  ].join('|');
}

function rowKey({ entry, worker, awaits }: MemoryRow, rows: readonly MemoryRow[], world: World): string {
  const { id, state, dueAt, lastAttemptAt, reason, providerDocumentId } = entry;
  if (isFinal(state)) return `${id},${state},${providerDocumentId}`;
  const now = +world.storeTime;
  const dueInMs = dueAt === null ? '-' : Math.max(0, +dueAt - now);
  const isBefore = (other: MemoryRow) =>
    other.entry.dueAt !== null && dueAt !== null && other.entry.dueAt < dueAt;
  const { settlesWithinMs, startWithinMs } = world.scenario.timing;
  const searchable = lastAttemptAt !== null && (state === 'sending' || state === 'unknown');
  return [
    id,
    state,
    dueInMs,
    dueInMs === 0 ? rows.filter(isBefore).length : '',
    worker === null ? '' : 'held',
    awaits ? 'awaits' : '',
    searchable ? Math.min(now - +lastAttemptAt, settlesWithinMs + startWithinMs) : '',
    state !== 'sending' && reason?.outage ? 'outage' : '',
    reason?.earlierUnknown ? 'repeat' : '',
    isDoubtful(entry) ? 'doubtful' : '',
    providerDocumentId,
  ].join();
}

/** Of equal requests that nobody waits for, the second can double a document; a third brings nothing new. */
function atMostTwice(keys: readonly string[]): string[] {
  return keys.filter((key, index) => key !== keys[index - 2]);
}
