import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { createLedger } from '../../create-ledger.js';
import { claimDue } from '../claim-due.fixture.js';
import { registered } from '../contract/sample-transitions.fixture.js';
import type { RestoreWindow } from '../intervention-store.js';
import { newEntry } from '../new-entry.fixture.js';
import type { PostgresStore } from './postgres-store.js';
import { usePostgresStores } from './postgres-stores.fixture.js';

const stores = usePostgresStores();
const hourMs = 3_600_000;

function claim(store: PostgresStore) {
  const { account, merchant } = newEntry();
  // Named, so that there is a claim also where nothing waits.
  const names = [{ account, merchant }];
  return claimDue(store, { provider: 'memory', names, limit: 10, leaseMs: 30_000, worker: 'one' });
}

/** Lets the ledger know another timeline than the server's, as after a promotion. */
async function moveTo(schema: string, change: string): Promise<void> {
  await (await stores.connect()).query(`UPDATE ${schema}.server_timeline SET ${change}`);
}

async function countRestores(schema: string): Promise<number> {
  const { rows } = await (await stores.connect()).query(`SELECT * FROM ${schema}.restores`);
  return rows.length;
}

describe('a ledger whose server is on another timeline', () => {
  it.each([["timeline = '0000000A'"], ["system_identifier = '1'"]])(
    'with %s looks for what it would have sent, and says so',
    async (change) => {
      const schema = stores.newSchema();
      const store = await stores.open(schema);
      const { entry } = await store.accept(newEntry());
      const heard: RestoreWindow[] = [];
      store.onRestored((window) => heard.push(window));
      await moveTo(schema, change);
      const [found] = await claim(store);
      expect(found).toMatchObject({
        step: 'find',
        entry: { id: entry.id, reason: { code: 'ledger.restored' } },
      });
      expect(heard).toHaveLength(1);
      const [{ since, until } = { since: new Date(), until: new Date() }] = heard;
      expect(entry.acceptedAt.getTime() - since.getTime()).toBe(hourMs / 6);
      expect(Math.round((until.getTime() - Date.now()) / hourMs)).toBe(72);
      await store.accept(newEntry());
      expect(await claim(store)).toMatchObject([{ step: 'find' }]);
      expect(await countRestores(schema)).toBe(1);
    },
  );

  it('is declared restored once, however many processes notice at once', async () => {
    const schema = stores.newSchema();
    const processes = await Promise.all([1, 2, 3].map(() => stores.open(schema)));
    const heard = vi.fn();
    for (const store of processes) store.onRestored(heard);
    await processes[0]?.accept(newEntry());
    await moveTo(schema, "timeline = '0000000A'");
    const claims = (await Promise.all(processes.map(claim))).flat();
    expect(claims).toMatchObject([{ step: 'find' }]);
    expect(heard).toHaveBeenCalledTimes(1);
    expect(await countRestores(schema)).toBe(1);
  });

  it('of which it knew none yet, is not restored', async () => {
    const schema = stores.newSchema();
    const store = await stores.open(schema);
    await store.accept(newEntry());
    await moveTo(schema, 'timeline = NULL, system_identifier = NULL');
    expect(await claim(store)).toMatchObject([{ step: 'submit' }]);
    expect(await countRestores(schema)).toBe(0);
  });

  it('tells the observers of the ledger', async () => {
    const schema = stores.newSchema();
    const store = await stores.open(schema);
    const ledger = createLedger({ store, merchants: [] });
    const types: string[] = [];
    ledger.observe(({ type }) => types.push(type));
    await moveTo(schema, "timeline = '0000000A'");
    await claim(store);
    ledger.observe(({ type }) => types.push(`${type}, to who came later`));
    expect(types).toEqual(['restored', 'restored, to who came later']);
  });
});

describe('a role that may not read the timeline', () => {
  it('is told so when it opens the ledger, and works all the same', async () => {
    const operator = await stores.connect();
    await operator.query('REVOKE EXECUTE ON FUNCTION pg_current_wal_lsn() FROM PUBLIC');
    await operator.query(
      "CREATE ROLE guest LOGIN PASSWORD 'guest'; GRANT CREATE ON DATABASE postgres TO guest",
    );
    const store = await stores.openAs('guest', stores.newSchema());
    await store.accept(newEntry());
    expect(await claim(store)).toMatchObject([{ step: 'submit' }]);
    expect(store.limits).toMatchObject([{ code: 'ledger.timeline.unseen' }]);
    const ledger = createLedger({ store, merchants: [] });
    const listener = vi.fn();
    ledger.observe(listener);
    expect(listener).toHaveBeenCalledWith(expect.objectContaining({ type: 'store-limit' }));
    await operator.query('GRANT EXECUTE ON FUNCTION pg_current_wal_lsn() TO PUBLIC');
  });

  it('has nothing to be told where it may', async () => {
    expect((await stores.open(stores.newSchema())).limits).toEqual([]);
  });
});

describe('an older state of the disk', () => {
  it('is noticed by a process that has seen more', async () => {
    const schema = stores.newSchema();
    const [worker, other] = [await stores.open(schema), await stores.open(schema)];
    const heard = vi.fn();
    for (const store of [worker, other]) store.onRestored(heard);
    const { entry } = await worker.accept(newEntry());
    const { dataFolder } = stores.server();
    await stores.server().restart(async () => {
      execFileSync('cp', ['-a', dataFolder, `${dataFolder}-older`]);
    });
    const [held] = await vi.waitFor(() => claim(worker));
    expect(held?.step).toBe('submit');
    await worker.settle({ id: entry.id, fence: held?.fence ?? 0, transition: registered });
    await worker.accept(newEntry());
    expect(await claim(worker)).toMatchObject([{ step: 'submit' }]);

    await stores.server().restart(async () => {
      rmSync(dataFolder, { recursive: true });
      execFileSync('mv', [`${dataFolder}-older`, dataFolder]);
    });
    expect(await vi.waitFor(() => claim(worker))).toMatchObject([{ step: 'find', entry: { id: entry.id } }]);
    expect(heard).toHaveBeenCalledTimes(1);
    await other.accept(newEntry());
    expect(await claim(other)).toMatchObject([{ step: 'find' }]);
    expect(await countRestores(schema)).toBe(1);
  });
});
