import type { RewindableStore } from './model-store.fixture.js';
import { isOnItsWay } from './provider-steps.fixture.js';
import { contentKey } from './row-key.fixture.js';
import { workerKey } from './worker-key.fixture.js';
import type { World } from './world.fixture.js';
import { memoryKey, requestKey } from './world-keys.fixture.js';

/**
 * Says where a world is, so that two moments with the same text can lead to the same: times are told relative to now and only
 * as far as anything still depends on them, fences by whether they are the newest, and the two workers have no names.
 */
export function canonicalKey(world: World<RewindableStore>): string {
  const { state, scenario } = world;
  const awaited = state.workers.map((worker) => (worker.phase === 'waiting' ? worker.request : null));
  const orphans = state.wire.filter(
    (request) => isOnItsWay(request, world) && !awaited.includes(request.number),
  );
  return [
    Object.values(state.clients).map(({ handedIn, told }) => `${handedIn}${told === null ? '-' : '+'}`),
    contentKey(world.store.save(), world),
    state.workers.map((worker, index) => workerKey(worker, index, world)).sort(),
    scenario.processes === 'one' ? `${state.configured}${memoryKey(0, world)}` : '',
    atMostTwice(orphans.map((request) => requestKey(request, world)).sort()),
    state.documents.map(({ id, state: become, listed, unclear }) => [id, become, listed, unclear].join()),
    state.jumpsLeft,
    state.actsLeft,
    state.released,
    state.timeline,
    state.standby === null ? '' : contentKey(state.standby, world),
    state.broken,
  ].join('|');
}

/** Of equal requests that nobody waits for, the second can double a document; a third brings nothing new. */
function atMostTwice(keys: readonly string[]): string[] {
  return keys.filter((key, index) => key !== keys[index - 2]);
}
