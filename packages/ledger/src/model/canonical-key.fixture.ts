import type { Model } from './model.fixture.js';
import type { RegisteredDocument } from './model-state.fixture.js';
import type { RewindableStore } from './model-store.fixture.js';
import { isOnItsWay } from './provider-steps.fixture.js';
import { contentKey } from './row-key.fixture.js';
import { memoryKey, requestKey } from './state-keys.fixture.js';
import { workerKey } from './worker-key.fixture.js';

/**
 * Returns the canonical text of a state; states with the same text have the same continuations. Times are
 * relative to now and cut where nothing depends on them any more, fences are only newest or not, and the two
 * workers have no names.
 */
export function canonicalKey(model: Model<RewindableStore>): string {
  const { state, scenario } = model;
  const awaited = state.workers.map((worker) => (worker.phase === 'waiting' ? worker.request : null));
  const orphans = state.wire.filter(
    (request) => isOnItsWay(request, model) && !awaited.includes(request.number),
  );
  return [
    Object.values(state.clients).map(({ sent, entryId }) => `${sent}${entryId === null ? '-' : '+'}`),
    contentKey(model.store.save(), model),
    state.workers.map((worker, index) => workerKey(worker, index, model)).sort(),
    scenario.processes === 'one' ? `${state.configured}${memoryKey(0, model)}` : '',
    atMostTwice(orphans.map((request) => requestKey(request, model)).sort()),
    state.documents.map((document) => documentKey(document, model)),
    state.jumpsLeft,
    state.actionsLeft,
    state.released,
    state.timeline,
    state.standby === null ? '' : contentKey(state.standby, model),
    state.broken,
  ].join('|');
}

function documentKey({ id, state: become, listed, unclear, begunAt }: RegisteredDocument, model: Model) {
  const { deduplicationWindowMs } = model.scenario.provider;
  const age = deduplicationWindowMs && Math.min(model.state.elapsed - begunAt, deduplicationWindowMs);
  return [id, become, listed, unclear, age].join();
}

/** Drops all but two of equal orphaned requests: the second can double a document, a third adds nothing. */
function atMostTwice(keys: readonly string[]): string[] {
  return keys.filter((key, index) => key !== keys[index - 2]);
}
