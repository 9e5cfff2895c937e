import type { Client } from 'pg';
import type { PostgresStore } from '../store/postgres/postgres-store.js';
import type { ModelClocks, ModelStore } from './model-store.fixture.js';
import { modelStoreOn } from './model-store-on.fixture.js';

/** A PostgreSQL store for a model, whose clock it shows. */
export interface PostgresModel {
  readonly store: PostgresStore;
  readonly client: Client;
  readonly schema: string;
}

/** Moves the clock of the store into a table, so that it can be set. */
export async function takeOverClock(client: Client, schema: string): Promise<void> {
  await client.query(`
    CREATE TABLE ${schema}.model_clock (shows bigint NOT NULL);
    INSERT INTO ${schema}.model_clock VALUES (0);
    CREATE OR REPLACE FUNCTION ${schema}.clock() RETURNS bigint LANGUAGE sql VOLATILE AS $$
      SELECT shows FROM ${schema}.model_clock
    $$;
  `);
}

/** Wraps the real PostgreSQL store. A process that dies leaves nothing to be ended: its leases run out. */
export function createPostgresModelStore(model: PostgresModel, { clock }: ModelClocks): ModelStore {
  const on = modelStoreOn(() => model.store);
  let shown = 0;
  async function timely<T>(work: () => Promise<T>): Promise<T> {
    const now = clock().getTime();
    if (now !== shown) await model.client.query(`UPDATE ${model.schema}.model_clock SET shows = $1`, [now]);
    shown = now;
    return work();
  }
  return {
    ...on,
    accept: (entry) => timely(() => on.accept(entry)),
    claim: (query) => timely(() => on.claim(query)),
    settle: (settlement) => timely(() => on.settle(settlement)),
    makeDueNow: (provider, accounts) => timely(() => on.makeDueNow(provider, accounts)),
    waiting: (provider) => timely(() => on.waiting(provider)),
    intervene: (intervention) => timely(() => on.intervene(intervention)),
    holdAccount: (query) => timely(() => on.holdAccount(query)),
    declareRestored: (window) => timely(() => on.declareRestored(window)),
    reopen: async () => {},
  };
}
