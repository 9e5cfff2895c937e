import { openDatabase } from '../store/sqlite/open-engine.js';
import { SqliteEngine } from '../store/sqlite/sqlite-engine.js';
import { SqliteStore } from '../store/sqlite/sqlite-store.js';
import type { ModelClocks, ModelStore } from './model-store.fixture.js';
import { modelStoreOn } from './model-store-on.fixture.js';

/** Wraps the real SQLite store, in memory: the database outlives the processes that have it open. */
export function createSqliteModelStore({ clock, elapsed }: ModelClocks): ModelStore {
  const database = openDatabase(':memory:');
  const time = { now: () => clock().getTime(), elapsed };
  const open = () => new SqliteStore(new SqliteEngine({ database, time, release: () => {} }));
  let store = open();
  return {
    ...modelStoreOn(() => store),
    async reopen() {
      store = open();
    },
    async refusing(work) {
      database.exec('PRAGMA query_only = ON');
      await work().finally(() => database.exec('PRAGMA query_only = OFF'));
    },
  };
}
