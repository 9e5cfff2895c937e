import type { Model } from './model.fixture.js';
import type { Answered, Holding, Waiting, WorkerState } from './model-state.fixture.js';
import type { RewindableStore } from './model-store.fixture.js';
import { reasonKey, windowKey } from './row-key.fixture.js';
import { memoryKey, requestKey } from './state-keys.fixture.js';

/** Returns what the rest of the model can observe of a worker; without a lease, it can send but not write. */
export function workerKey(worker: WorkerState, index: number, model: Model<RewindableStore>): string {
  const { processes, standby, exact } = model.scenario;
  const memory = processes === 'two' ? `${model.state.configured[index]}${memoryKey(index, model)}` : '';
  if (worker.phase === 'idle') return `idle${memory}`;
  const { entry, fence } = worker.claim;
  // Where the store may go back in time, a fence that is not the newest may be it again.
  const contents = [model.store.save(), ...(model.state.standby ? [model.state.standby] : [])];
  const rows = contents.map((content) => content.rows.find((each) => each.entry.id === entry.id));
  const isFenced = !exact && rows.every((row) => row?.fence !== fence);
  const lease = rows.map((row) => {
    const attempt = row?.entry.attempts === entry.attempts ? 'last' : 'earlier';
    if (exact) return `${fence} ${attempt} ${entry.attempts} ${reasonKey(entry)}`;
    if (row?.fence !== fence) return `fenced ${attempt}`;
    return standby ? reasonKey(entry) : entry.reason?.outage ? 'outage' : '';
  });
  const window = worker.phase === 'answered' ? '' : claimWindowKey(worker, model);
  return [
    worker.phase,
    entry.id,
    worker.claim.step,
    lease,
    phaseKey(worker, isFenced, model),
    window,
    memory,
  ].join();
}

/** Returns what a worker makes of the provider's window. */
function claimWindowKey(worker: Holding | Waiting, model: Model): string {
  if (model.scenario.provider.deduplicationWindowMs === undefined) return '';
  const { entry, claimedAt } = worker.claim;
  const known = `${windowKey(entry, claimedAt, model)} ${reasonKey({ ...entry, state: 'unknown' })}`;
  return worker.phase === 'waiting' ? `${known} ${worker.capabilities.deduplicatesBy}` : known;
}

function phaseKey(worker: Holding | Waiting | Answered, isFenced: boolean, model: Model): string {
  switch (worker.phase) {
    case 'holding':
      return `${holdingKey(worker, model)}${worker.provider.account.merchantId}`;
    case 'waiting':
      return `${waitingKey(worker, isFenced, model)}${worker.provider.account.merchantId}`;
    case 'answered':
      return isFenced ? '' : answeredKey(worker);
  }
}

function holdingKey({ claim, requestedAt }: Holding, { state, scenario: { timing } }: Model): string {
  const waitedMs = Math.min(state.elapsed - requestedAt, timing.startWithinMs + 1);
  if (claim.step !== 'find') return `${waitedMs}`;
  const ageMs = +claim.claimedAt - +(claim.entry.lastAttemptAt ?? claim.entry.acceptedAt);
  return `${waitedMs}.${Math.min(ageMs, timing.settlesWithinMs + timing.startWithinMs)}`;
}

function waitingKey({ claim, request, sinceAttemptMs }: Waiting, isFenced: boolean, model: Model): string {
  if (claim.step === 'find') return String(Math.min(sinceAttemptMs, model.scenario.timing.settlesWithinMs));
  if (request === null) return '';
  const onWire = model.state.wire.find(({ number }) => number === request);
  if (!onWire) return 'gone';
  return onWire.answer && isFenced ? 'answered' : requestKey(onWire, model);
}

function answeredKey({ transition }: Answered): string {
  const { to, dueInMs, reason = null, providerDocumentId, registration, unsent } = transition;
  const documentId = registration?.providerDocumentId ?? providerDocumentId;
  return [to, dueInMs, reasonKey({ state: to, reason }), documentId, unsent].join('.');
}
