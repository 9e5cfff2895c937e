import fc from 'fast-check';
import { describe, it } from 'vitest';
import { usePostgresStores } from '../store/postgres/postgres-stores.fixture.js';
import {
  busyShop,
  busyShopInTwoProcesses,
  busyShopThatMoves,
  busyShopWithAWrongClock,
} from './busy-shops.fixture.js';
import { differentialStore } from './differential-store.fixture.js';
import { MemoryLedger } from './memory-ledger.fixture.js';
import { Model } from './model.fixture.js';
import { createModelSetup } from './model-setup.fixture.js';
import { createPostgresModelStore, takeOverClock } from './postgres-model-store.fixture.js';
import { randomWalks, walk } from './random-walk.fixture.js';
import { createSqliteModelStore } from './sqlite-model-store.fixture.js';

/** Limits the time for shrinking a counterexample. */
const limits = { interruptAfterTimeLimit: 20_000 };

describe('a busy shop keeps the invariants, whatever befalls it,', () => {
  const stores = usePostgresStores();

  it('on the SQLite store, which answers as the store of the explored models does', async () => {
    const setup = await createModelSetup(busyShop);
    const walks = fc.asyncProperty(randomWalks(120), async (steps) => {
      const model = new Model(setup, (clocks) =>
        differentialStore(createSqliteModelStore(clocks), new MemoryLedger(clocks)),
      );
      await walk(model, steps).finally(() => model.store.close());
    });
    await fc.assert(walks, { numRuns: 30, ...limits });
  });

  it('on the SQLite store, while its provider moves', async () => {
    const setup = await createModelSetup(busyShopThatMoves);
    const walks = fc.asyncProperty(randomWalks(120), async (steps) => {
      const model = new Model(setup, (clocks) =>
        differentialStore(createSqliteModelStore(clocks), new MemoryLedger(clocks)),
      );
      await walk(model, steps).finally(() => model.store.close());
    });
    await fc.assert(walks, { numRuns: 30, ...limits });
  });

  it('on the SQLite store, while the clock jumps', async () => {
    const setup = await createModelSetup(busyShopWithAWrongClock);
    const walks = fc.asyncProperty(randomWalks(120), async (steps) => {
      const model = new Model(setup, createSqliteModelStore);
      await walk(model, steps).finally(() => model.store.close());
    });
    await fc.assert(walks, { numRuns: 30, ...limits });
  });

  it('on the PostgreSQL store', async () => {
    const setup = await createModelSetup(busyShopInTwoProcesses);
    const client = await stores.connect();
    const walks = fc.asyncProperty(randomWalks(80), async (steps) => {
      const schema = stores.newSchema();
      const store = await stores.open(schema);
      await takeOverClock(client, schema);
      const model = new Model(setup, (clocks) =>
        differentialStore(
          createPostgresModelStore({ store, client, schema }, clocks),
          new MemoryLedger(clocks),
        ),
      );
      await walk(model, steps).finally(() => model.store.close());
    });
    await fc.assert(walks, { numRuns: 5, ...limits });
  });
});
