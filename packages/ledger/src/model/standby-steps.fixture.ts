import type { MemoryContent } from './memory-row.fixture.js';
import type { Model } from './model.fixture.js';
import type { RewindableStore } from './model-store.fixture.js';
import type { Step } from './step.fixture.js';

/**
 * Steps of a standby that lags from any moment on, and is promoted at any later one: the ledger goes back in
 * time unannounced. What was accepted since is lost, as documented for an asynchronous standby; clients may
 * repeat it.
 */
export function standbySteps(model: Model): Step[] {
  const { scenario, state, store } = model;
  if (!scenario.standby || state.timeline > 1 || !isRewindable(store)) return [];
  const { standby } = state;
  if (standby !== null) return [{ kind: 'fail over', take: () => failOver(model, store, standby) }];
  // Workers with an entry add no states: their work is not in the store, so lagging before it is the same.
  const isQuiet = state.workers.every(({ phase }) => phase === 'idle');
  return isQuiet ? [{ kind: 'lag', take: () => lag(model, store) }] : [];
}

async function lag(model: Model, store: RewindableStore): Promise<string> {
  model.change({ standby: store.save() });
  return 'the standby begins to lag';
}

async function failOver(model: Model, store: RewindableStore, standby: MemoryContent): Promise<string> {
  store.load(standby);
  const isThere = (id: string | null) => standby.rows.some(({ entry }) => entry.id === id);
  const clients = Object.fromEntries(
    Object.entries(model.state.clients).map(([name, client]) => [
      name,
      { ...client, entryId: isThere(client.entryId) ? client.entryId : null },
    ]),
  );
  model.change({ timeline: 2, standby: null, clients });
  return 'the primary is gone, and the standby that lagged takes its place';
}

function isRewindable(store: object): store is RewindableStore {
  return 'save' in store && 'load' in store;
}
