import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { Pool } from 'pg';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { newEntry } from '../new-entry.fixture.js';
import { createPostgresStore } from './create-postgres-store.js';
import { usePostgresStores } from './postgres-stores.fixture.js';

const stores = usePostgresStores();

describe('createPostgresStore', () => {
  it('lets eight processes start at once', async () => {
    const schema = stores.newSchema();
    const opened = await Promise.all(Array.from({ length: 8 }, () => stores.open(schema)));
    const outcomes = await Promise.all(opened.map((store) => store.accept(newEntry())));
    expect(outcomes.map(({ kind }) => kind)).toEqual(Array(8).fill('accepted'));
    const client = await stores.connect();
    const { rows } = await client.query(`SELECT version FROM ${schema}.ledger_versions ORDER BY version`);
    expect(rows.map(({ version }) => version)).toEqual([1]);
  });

  it('keeps what was accepted', async () => {
    const schema = stores.newSchema();
    const first = await stores.open(schema);
    const { entry } = await first.accept(newEntry());
    await first.close();
    expect(await (await stores.open(schema)).get('shop', entry.id)).toEqual(entry);
  });

  it('says where it is, without user and password', async () => {
    const schema = stores.newSchema();
    const { port } = new URL(stores.server().connectionString);
    const { place } = await stores.open(schema);
    expect(place).toMatch(new RegExp(`^(127\\.0\\.0\\.1|localhost):${port}/\\w+ \\(schema ${schema}\\)$`));
  });

  it.each([
    ['a role that there is not', (url: URL) => Object.assign(url, { username: 'nobody' }), 'nobody'],
    ['a database that there is not', (url: URL) => Object.assign(url, { pathname: '/nowhere' }), 'nowhere'],
  ])('says at which place the server refused, for %s', async (_, change, name) => {
    const { href, port } = change(new URL(stores.server().connectionString));
    await expect(createPostgresStore({ connectionString: href })).rejects.toMatchObject({
      code: 'ledger.unavailable',
      message: expect.stringMatching(new RegExp(`:${port}/\\w+ \\(schema fiscalkit\\).*${name}`)),
    });
  });

  it('refuses the ledger of a newer release', async () => {
    const schema = stores.newSchema();
    await stores.open(schema);
    const client = await stores.connect();
    await client.query(`INSERT INTO ${schema}.ledger_versions (version) VALUES (999)`);
    await expect(stores.open(schema)).rejects.toMatchObject({ code: 'ledger.version', retryable: false });
  });

  it('refuses a ledger of before the first release, and changes nothing', async () => {
    const schema = stores.newSchema();
    const client = await stores.connect();
    await client.query(`CREATE SCHEMA ${schema}; CREATE TABLE ${schema}.migrations (version integer);
      INSERT INTO ${schema}.migrations VALUES (5); CREATE TABLE ${schema}.unseen_queues (queue bigint)`);
    await expect(stores.open(schema)).rejects.toMatchObject({
      code: 'ledger.unpublished',
      message: expect.stringContaining('move it aside'),
      retryable: false,
    });
    const { rows } = await client.query(
      `SELECT tablename FROM pg_tables WHERE schemaname = '${schema}' ORDER BY 1`,
    );
    expect(rows.map(({ tablename }) => tablename)).toEqual(['migrations', 'unseen_queues']);
  });

  it('takes a schema in which others note migrations of their own', async () => {
    const schema = stores.newSchema();
    const client = await stores.connect();
    await client.query(`CREATE SCHEMA ${schema}; CREATE TABLE ${schema}.migrations (version integer);
      INSERT INTO ${schema}.migrations VALUES (999)`);
    expect((await (await stores.open(schema)).accept(newEntry())).kind).toBe('accepted');
  });

  it('refuses a schema that is not plainly named', async () => {
    await expect(stores.open('a"; DROP TABLE entries; --')).rejects.toMatchObject({ code: 'ledger.schema' });
  });

  it.each([
    ['nobody listens', 'postgres://nobody:hunter2@127.0.0.1:1/none', /127\.0\.0\.1:1\/none .*ECONNREFUSED/],
    [
      'no address of a name listens',
      'postgres://nobody:hunter2@localhost:1/none',
      /localhost:1\/none .*ECONN/,
    ],
    ['the name is unknown', 'postgres://nobody:hunter2@db.invalid:5433/none', /db\.invalid:5433\/none /],
    ['there is no socket', 'postgres://nobody:hunter2@%2Fnowhere/none', /\/nowhere:5432\/none .*ENOENT/],
  ])('says at which place there is no server: %s', async (_, connectionString, message) => {
    const error = await createPostgresStore({ connectionString }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      code: 'ledger.unavailable',
      retryable: true,
      message: expect.stringMatching(message),
    });
    expect(String(error)).not.toContain('hunter2');
  });

  it('names no place of a pool whose address may have swallowed a password', async () => {
    const pool = new Pool({ connectionString: 'postgres://nobody:p@hunter2/word@127.0.0.1:1/none' });
    const error = await createPostgresStore({ pool }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'ledger.unavailable' });
    expect(String(error)).not.toContain('hunter2');
    await pool.end();
  });

  it.each(['LATIN1', 'WIN1251', 'SQL_ASCII'])(
    'refuses a database in %s in one sentence',
    async (encoding) => {
      const name = `in_${encoding.toLowerCase()}`;
      await stores
        .server()
        .run(`CREATE DATABASE ${name} ENCODING '${encoding}' LOCALE 'C' TEMPLATE template0`);
      const connectionString = stores.server().connectionString.replace(/postgres$/, name);
      await expect(createPostgresStore({ connectionString })).rejects.toMatchObject({
        code: 'ledger.encoding',
        message: expect.stringContaining(encoding),
        retryable: false,
      });
    },
  );

  it('uses a schema that was made for a role that may make none', async () => {
    const schema = stores.newSchema();
    await stores.server().run('REVOKE CREATE ON DATABASE postgres FROM PUBLIC');
    await stores.server().run("CREATE ROLE tenant LOGIN PASSWORD 'tenant'");
    await stores.server().run(`CREATE SCHEMA ${schema} AUTHORIZATION tenant`);
    const store = await stores.openAs('tenant', schema);
    expect((await store.accept(newEntry())).kind).toBe('accepted');
    await expect(stores.openAs('tenant', stores.newSchema())).rejects.toMatchObject({
      code: 'ledger.unavailable',
    });
  });

  it.each([
    ['an address that is missing', { connectionString: undefined }, 'config.connection-string'],
    ['an empty address', { connectionString: '' }, 'config.connection-string'],
    ['a pool that is missing', { pool: undefined }, 'config.pool'],
    [
      'a password that is not encoded',
      { connectionString: 'postgres://u:p@hunter2/word@127.0.0.1/db' },
      'config.connection-string',
    ],
    [
      'several hosts',
      { connectionString: 'postgres://u:p@one:5432,two:5432/db' },
      'config.connection-string',
    ],
  ])('refuses %s, and quotes nothing of it', async (_, settings, code) => {
    // As from JavaScript, where nobody looks at types.
    const opening = createPostgresStore(Object(settings));
    const error = await opening.catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code, retryable: false });
    expect(String(error)).not.toContain('hunter2');
  });

  it('needs no right to make schemas once the ledger is there', async () => {
    const schema = stores.newSchema();
    await stores.open(schema);
    const client = await stores.connect();
    await client.query(`CREATE ROLE clerk LOGIN PASSWORD 'clerk'; GRANT USAGE ON SCHEMA ${schema} TO clerk;
      GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${schema} TO clerk;
      GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA ${schema} TO clerk`);
    const connectionString = stores.server().connectionString.replace('postgres:postgres@', 'clerk:clerk@');
    const store = await createPostgresStore({ connectionString, schema });
    expect((await store.accept(newEntry())).kind).toBe('accepted');
    expect((await store.seal())?.rows).toBe(1);
    await store.close();
  });

  it('gives up a server that has stopped to answer before the caller of the gateway is cut off', async () => {
    const { port } = new URL(stores.server().connectionString);
    const sockets: Socket[] = [];
    const proxy = createServer((socket) => {
      const server = connect(Number(port), '127.0.0.1');
      sockets.push(
        socket.on('error', () => {}),
        server.on('error', () => {}),
      );
      socket.pipe(server).pipe(socket);
    }).listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    const through = String((proxy.address() as AddressInfo).port);
    const connectionString = stores.server().connectionString.replace(`:${port}`, `:${through}`);
    const store = await createPostgresStore({ connectionString, schema: stores.newSchema() });
    onTestFinished(async () => {
      vi.useRealTimers();
      for (const socket of sockets) socket.destroy();
      proxy.close();
      await store.close();
    });
    for (const socket of sockets) socket.unpipe().pause();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const failure = store.accept(newEntry()).catch((reason: unknown) => reason);
    await vi.advanceTimersByTimeAsync(0);
    await vi.advanceTimersByTimeAsync(35_000);
    expect(await failure).toMatchObject({ code: 'ledger.unavailable', retryable: true });
  });

  it('leaves a given pool open', async () => {
    const pool = new Pool({ connectionString: stores.server().connectionString });
    const store = await createPostgresStore({ pool, schema: stores.newSchema() });
    const { entry } = await store.accept(newEntry());
    await store.close();
    await store.close();
    await expect(store.accept(newEntry())).rejects.toMatchObject({ code: 'ledger.unavailable' });
    await expect(store.get('shop', entry.id)).rejects.toMatchObject({ code: 'ledger.unavailable' });
    expect((await pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
    expect(pool.listenerCount('error')).toBe(0);
    // A pool ends before its connections have; the server may stop between.
    pool.on('error', () => {});
    await pool.end();
  });
});
