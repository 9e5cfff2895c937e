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
  /**
   * Returns the schema of an empty ledger: one that an earlier test has used, which is many times as quick to
   * empty as a new one is to make. For tests that change rows alone.
   */
  readonly emptyLedger: () => Promise<string>;
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
  let connected: Promise<Client> | undefined;
  const ledgers: { readonly free: string[]; readonly used: string[] } = { free: [], used: [] };

  beforeAll(async () => {
    server = await startPostgresServer({ inMemory: true, parameters });
  });

  afterEach(async () => {
    for (const close of opened.splice(0)) await close();
    ledgers.free.push(...ledgers.used.splice(0));
  });

  afterAll(async () => {
    await (await connected)?.end();
    await server?.stop();
  });

  function started(): PostgresServer {
    if (!server) throw new Error('the server is started before the tests');
    return server;
  }

  async function open(settings: PostgresStoreSettings & { readonly connectionString: string }) {
    const store = await createPostgresStore({ connections: 4, ...settings });
    opened.push(() => store.close());
    return store;
  }

  async function connect(): Promise<Client> {
    const client = new Client(started().connectionString);
    client.on('error', () => {});
    await client.connect();
    return client;
  }

  function owner(): Promise<Client> {
    connected ??= connect();
    return connected;
  }

  const newSchema = () => `test_${randomUUID().replaceAll('-', '')}`;

  async function emptyLedger(): Promise<string> {
    const before = ledgers.free.pop();
    const schema = before ?? newSchema();
    if (before !== undefined) {
      await (await owner()).query(`CALL ${schema}_new.restore()`);
    } else {
      await (await createPostgresStore({ connectionString: started().connectionString, schema })).close();
      await (await owner()).query(rememberNew(schema));
    }
    ledgers.used.push(schema);
    return schema;
  }

  return {
    server: started,
    newSchema,
    emptyLedger,
    open: (schema, options) => open({ connectionString: started().connectionString, schema, ...options }),
    openAs: (role, schema) =>
      open({
        connectionString: started().connectionString.replace('postgres:postgres@', `${role}:${role}@`),
        schema,
      }),
    async connect() {
      const client = await connect();
      opened.push(() => client.end());
      return client;
    },
  };
}

/** Keeps the rows that a new ledger has, and makes what puts back these alone. */
const rememberNew = (schema: string) => `
  CREATE SCHEMA ${schema}_new;
  DO $$
  DECLARE
    filled regclass;
    steps text := '';
    has_rows boolean;
    columns text;
    number record;
  BEGIN
    FOR filled IN SELECT oid FROM pg_class WHERE relnamespace = '${schema}'::regnamespace AND relkind = 'r' LOOP
      steps := steps || format('DELETE FROM %s;', filled);
      EXECUTE format('SELECT EXISTS (SELECT FROM %s)', filled) INTO has_rows;
      IF has_rows THEN
        EXECUTE format('CREATE TABLE ${schema}_new.rows_%s AS SELECT * FROM %s', filled::oid, filled);
        columns := (
          SELECT string_agg(quote_ident(attname), ', ') FROM pg_attribute
          WHERE attrelid = filled AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
        );
        steps := steps || format('INSERT INTO %s (%s) OVERRIDING SYSTEM VALUE SELECT %s FROM ${schema}_new.rows_%s;',
          filled, columns, columns, filled::oid);
      END IF;
    END LOOP;
    FOR number IN SELECT * FROM pg_sequences WHERE schemaname = '${schema}' LOOP
      steps := steps || format('PERFORM setval(%L, %s, %L);', '${schema}.' || quote_ident(number.sequencename),
        coalesce(number.last_value, number.start_value), number.last_value IS NOT NULL);
    END LOOP;
    EXECUTE format(
      'CREATE PROCEDURE ${schema}_new.restore() LANGUAGE plpgsql
       SET session_replication_role = replica SET synchronous_commit = off AS %L',
      'BEGIN ' || steps || ' END');
  END $$`;
