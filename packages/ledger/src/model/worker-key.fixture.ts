import type { RewindableStore } from './model-store.fixture.js';
import { reasonKey } from './row-key.fixture.js';
import type { World } from './world.fixture.js';
import { memoryKey, requestKey } from './world-keys.fixture.js';
import type { Answered, Holding, Waiting, WorkerState } from './world-state.fixture.js';

/** What the rest of the world can still notice of a worker. One that has lost its lease can send, and forget, but not write. */
export function workerKey(worker: WorkerState, index: number, world: World<RewindableStore>): string {
  const { processes, standby, exact } = world.scenario;
  const memory = processes === 'two' ? `${world.state.configured[index]}${memoryKey(index, world)}` : '';
  if (worker.phase === 'idle') return `idle${memory}`;
  const { entry, fence } = worker.claim;
  // Where the store may go back in time, a fence that is not the newest may be it again.
  const contents = [world.store.save(), ...(world.state.standby ? [world.state.standby] : [])];
  const rows = contents.map((content) => content.rows.find((each) => each.entry.id === entry.id));
  const isFenced = !exact && rows.every((row) => row?.fence !== fence);
  const lease = rows.map((row) => {
    const attempt = row?.entry.attempts === entry.attempts ? 'last' : 'earlier';
    if (exact) return `${fence} ${attempt} ${entry.attempts} ${reasonKey(entry)}`;
    if (row?.fence !== fence) return `fenced ${attempt}`;
    return standby ? reasonKey(entry) : entry.reason?.outage ? 'outage' : '';
  });
  return [worker.phase, entry.id, worker.claim.step, lease, phaseKey(worker, isFenced, world), memory].join();
}

function phaseKey(worker: Holding | Waiting | Answered, isFenced: boolean, world: World): string {
  switch (worker.phase) {
    case 'holding':
      return `${holdingKey(worker, world)}${worker.provider.account.merchantId}`;
    case 'waiting':
      return `${waitingKey(worker, isFenced, world)}${worker.provider.account.merchantId}`;
    case 'answered':
      return isFenced ? '' : answeredKey(worker);
  }
}

function holdingKey({ claim, askedAt }: Holding, { state, scenario: { timing } }: World): string {
  const waitedMs = Math.min(state.elapsed - askedAt, timing.startWithinMs + 1);
  if (claim.step !== 'find') return `${waitedMs}`;
  const ageMs = +claim.claimedAt - +(claim.entry.lastAttemptAt ?? claim.entry.acceptedAt);
  return `${waitedMs}.${Math.min(ageMs, timing.settlesWithinMs + timing.startWithinMs)}`;
}

function waitingKey({ claim, request, sinceAttemptMs }: Waiting, isFenced: boolean, world: World): string {
  if (claim.step === 'find') return String(Math.min(sinceAttemptMs, world.scenario.timing.settlesWithinMs));
  if (request === null) return '';
  const onWire = world.state.wire.find(({ number }) => number === request);
  if (!onWire) return 'gone';
  return onWire.answer && isFenced ? 'answered' : requestKey(onWire, world);
}

function answeredKey({ transition }: Answered): string {
  const { to, dueInMs, reason = null, providerDocumentId, registration } = transition;
  const documentId = registration?.providerDocumentId ?? providerDocumentId;
  return [to, dueInMs, reasonKey({ state: to, reason }), documentId].join('.');
}
