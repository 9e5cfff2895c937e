import fc from 'fast-check';
import { describe, it } from 'vitest';
import { usePostgresStores } from '../store/postgres/postgres-stores.fixture.js';
import {
  busyShop,
  busyShopInTwoProcesses,
  busyShopThatMoves,
  busyShopWithAWrongClock,
} from './busy-shops.fixture.js';
import { inLockstep } from './lockstep-store.fixture.js';
import { MemoryLedger } from './memory-ledger.fixture.js';
import { createPostgresModelStore, takeOverClock } from './postgres-model-store.fixture.js';
import { randomWalks, walk } from './random-walk.fixture.js';
import { createSqliteModelStore } from './sqlite-model-store.fixture.js';
import { World } from './world.fixture.js';
import { worldParts } from './world-parts.fixture.js';

/** What is left of a counterexample when there is no more time to shrink it. */
const limits = { interruptAfterTimeLimit: 20_000 };

describe('a busy shop keeps its promises, whatever befalls it,', () => {
  const stores = usePostgresStores();

  it('on the SQLite store, which answers as the store of the explored worlds does', async () => {
    const parts = await worldParts(busyShop);
    const walks = fc.asyncProperty(randomWalks(120), async (steps) => {
      const world = new World(parts, (clocks) =>
        inLockstep(createSqliteModelStore(clocks), new MemoryLedger(clocks)),
      );
      await walk(world, steps).finally(() => world.store.close());
    });
    await fc.assert(walks, { numRuns: 30, ...limits });
  });

  it('on the SQLite store, while its provider moves', async () => {
    const parts = await worldParts(busyShopThatMoves);
    const walks = fc.asyncProperty(randomWalks(120), async (steps) => {
      const world = new World(parts, (clocks) =>
        inLockstep(createSqliteModelStore(clocks), new MemoryLedger(clocks)),
      );
      await walk(world, steps).finally(() => world.store.close());
    });
    await fc.assert(walks, { numRuns: 30, ...limits });
  });

  it('on the SQLite store, while the clock jumps', async () => {
    const parts = await worldParts(busyShopWithAWrongClock);
    const walks = fc.asyncProperty(randomWalks(120), async (steps) => {
      const world = new World(parts, createSqliteModelStore);
      await walk(world, steps).finally(() => world.store.close());
    });
    await fc.assert(walks, { numRuns: 30, ...limits });
  });

  it('on the PostgreSQL store', async () => {
    const parts = await worldParts(busyShopInTwoProcesses);
    const client = await stores.connect();
    const walks = fc.asyncProperty(randomWalks(80), async (steps) => {
      const schema = stores.newSchema();
      const store = await stores.open(schema);
      await takeOverClock(client, schema);
      const world = new World(parts, (clocks) =>
        inLockstep(createPostgresModelStore({ store, client, schema }, clocks), new MemoryLedger(clocks)),
      );
      await walk(world, steps).finally(() => world.store.close());
    });
    await fc.assert(walks, { numRuns: 5, ...limits });
  });
});
