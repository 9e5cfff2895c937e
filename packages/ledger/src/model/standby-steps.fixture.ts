import type { MemoryContent } from './memory-row.fixture.js';
import type { RewindableStore } from './model-store.fixture.js';
import type { Step } from './step.fixture.js';
import type { World } from './world.fixture.js';

/**
 * A standby lags from any moment on, and is promoted at any later one: the ledger goes back in time, and nobody says so. What was
 * accepted since is lost, as the guide says of a standby that is not synchronous; clients may repeat it.
 */
export function standbySteps(world: World): Step[] {
  const { scenario, state, store } = world;
  if (!scenario.standby || state.timeline > 1 || !isRewindable(store)) return [];
  const { standby } = state;
  if (standby !== null) return [{ kind: 'fail over', take: () => failOver(world, store, standby) }];
  // What a worker does meanwhile is not in the store: it is the same to lag before that.
  const isQuiet = state.workers.every(({ phase }) => phase === 'idle');
  return isQuiet ? [{ kind: 'lag', take: () => lag(world, store) }] : [];
}

async function lag(world: World, store: RewindableStore): Promise<string> {
  world.change({ standby: store.save() });
  return 'the standby begins to lag';
}

async function failOver(world: World, store: RewindableStore, standby: MemoryContent): Promise<string> {
  store.load(standby);
  const isThere = (id: string | null) => standby.rows.some(({ entry }) => entry.id === id);
  const clients = Object.fromEntries(
    Object.entries(world.state.clients).map(([name, client]) => [
      name,
      { ...client, told: isThere(client.told) ? client.told : null },
    ]),
  );
  world.change({ timeline: 2, standby: null, clients });
  return 'the primary is gone, and the standby that lagged takes its place';
}

function isRewindable(store: object): store is RewindableStore {
  return 'save' in store && 'load' in store;
}
