import { randomUUID } from 'node:crypto';
import { type PostgresServer, startPostgresServer } from '@fiscalkit/postgres-server';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { createPostgresStore, type PostgresStoreSettings } from './create-postgres-store.js';
import type { PostgresStore } from './postgres-store.js';

type StoreOptions = Pick<PostgresStoreSettings, 'paymentWaitMs' | 'allowFsyncOff'>;

/** A server for the tests of one file, and what they open on it. */
export interface PostgresStores {
  readonly server: () => PostgresServer;
  /** A name that no test used before. */
  readonly newSchema: () => string;
  /** Opens a store, as one more process would; it is closed after the test. */
  readonly open: (schema: string, options?: StoreOptions) => Promise<PostgresStore>;
  /** The same as a role whose password is its name. */
  readonly openAs: (role: string, schema: string) => Promise<PostgresStore>;
  /** Connects a plain client; it is ended after the test. */
  readonly connect: () => Promise<Client>;
}

/** Starts a server before the tests of the file, with these settings by name, and stops it after them. */
export function usePostgresStores(parameters: Readonly<Record<string, string>> = {}): PostgresStores {
  let server: PostgresServer | undefined;
  const opened: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    server = await startPostgresServer({ parameters });
  });

  afterEach(async () => {
    for (const close of opened.splice(0)) await close();
  });

  afterAll(() => server?.stop());

  function started(): PostgresServer {
    if (!server) throw new Error('the server is started before the tests');
    return server;
  }

  async function open(settings: PostgresStoreSettings & { readonly connectionString: string }) {
    const store = await createPostgresStore({ connections: 4, ...settings });
    opened.push(() => store.close());
    return store;
  }

  return {
    server: started,
    newSchema: () => `test_${randomUUID().replaceAll('-', '')}`,
    open: (schema, options) => open({ connectionString: started().connectionString, schema, ...options }),
    openAs: (role, schema) =>
      open({
        connectionString: started().connectionString.replace('postgres:postgres@', `${role}:${role}@`),
        schema,
      }),
    async connect() {
      const client = new Client(started().connectionString);
      client.on('error', () => {});
      await client.connect();
      opened.push(() => client.end());
      return client;
    },
  };
}
