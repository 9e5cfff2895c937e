import { randomUUID } from 'node:crypto';
import { type PostgresServer, startPostgresServer } from '@fiscalkit/postgres-server';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { createPostgresStore } from './create-postgres-store.js';
import type { PostgresStore } from './postgres-store.js';

/** A server for the tests of one file, and what they open on it. */
export interface PostgresStores {
  readonly server: () => PostgresServer;
  /** A name that no test used before. */
  readonly newSchema: () => string;
  /** Opens a store, as one more process would; it is closed after the test. */
  readonly open: (schema: string) => Promise<PostgresStore>;
  /** Connects a plain client; it is ended after the test. */
  readonly connect: () => Promise<Client>;
}

/** Starts a server before the tests of the file and stops it after them. */
export function usePostgresStores(): PostgresStores {
  let server: PostgresServer | undefined;
  const opened: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    server = await startPostgresServer();
  });

  afterEach(async () => {
    for (const close of opened.splice(0)) await close();
  });

  afterAll(() => server?.stop());

  function started(): PostgresServer {
    if (!server) throw new Error('the server is started before the tests');
    return server;
  }

  return {
    server: started,
    newSchema: () => `test_${randomUUID().replaceAll('-', '')}`,
    async open(schema) {
      const { connectionString } = started();
      const store = await createPostgresStore({ connectionString, schema, connections: 4 });
      opened.push(() => store.close());
      return store;
    },
    async connect() {
      const client = new Client(started().connectionString);
      client.on('error', () => {});
      await client.connect();
      opened.push(() => client.end());
      return client;
    },
  };
}
