import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { hashKey } from '../auth/api-keys.js';
import { loadConfiguration } from '../configuration/load-configuration.js';
import { commands } from './cli.js';
import { run } from './terminal.fixture.js';

it('--help lists the commands and the settings, and each command has one of its own', async () => {
  const { status, output } = await run(['--help']);
  expect(status).toBe(0);
  expect(output).toContain('FISCALKIT_LEDGER_URL');
  for (const { name, summary } of commands) {
    expect(output).toContain(`${name.padEnd(11)}${summary}`);
    expect(await run([name, '--help'])).toMatchObject({
      status: 0,
      output: expect.stringContaining(`fiscalkit-gateway ${name === 'serve' ? '[serve]' : name}`),
    });
  }
});

it('--help prints what it printed before, and so does each command', async () => {
  const commandLines = [[], ...commands.map(({ name }) => [name])].map((words) => [...words, '--help']);
  const texts = await Promise.all(
    commandLines.map(async (words) => {
      const { output } = await run(words);
      return `$ ${['fiscalkit-gateway', ...words].join(' ')}\n${output}\n`;
    }),
  );
  await expect(texts.join('\n')).toMatchFileSnapshot('help.txt');
});

it('--version prints the version of the package', async () => {
  const manifest = new URL('../../package.json', import.meta.url);
  const { version } = JSON.parse(readFileSync(manifest, 'utf8'));
  expect(await run(['--version'])).toEqual({ status: 0, output: `fiscalkit-gateway ${version}`, errors: '' });
});

it.each([
  ['an unknown command', ['sell'], 'unknown command "sell"'],
  ['an unknown argument', ['--sell'], 'unknown argument "--sell"'],
  ['an unknown option', ['verify', '--sell'], "Unknown option '--sell'"],
  ['an option without its value', ['verify', '--seal'], '--seal'],
  ['a word too many', ['new-key', 'please'], 'unexpected argument "please"'],
  ['an address for a command', ['postgres://me:hunter2@db/x'], 'unknown command; see'],
  ['an address too many', ['verify', 'a', 'postgres://me:hunter2@db/x'], 'unexpected argument; see'],
  ['no ledger', ['verify'], 'LEDGER_URL is missing'],
  ['a ledger of another kind', ['verify', 'mysql://me:hunter2@db/x'], 'LEDGER_URL must be'],
  ['a slash too few', ['verify', 'postgres:/me:hunter2@db/x'], 'LEDGER_URL must be'],
  ['a slash too few to put back', ['restore', 'a', 'postgresql:me:hunter2@db/x'], 'LEDGER_URL must be'],
  ['PostgreSQL as a file', ['verify', 'sqlite:postgres://me:hunter2@db/x'], 'LEDGER_URL must be'],
  ['a quoted address', ['verify', "'postgres:/me:hunter2@db/x'"], 'LEDGER_URL must be'],
  ['a seal that is none', ['verify', 'a.sqlite', '--seal', '12'], '--seal must be'],
  ['no file', ['backup'], 'FILE is missing'],
  ['a copy of PostgreSQL', ['backup', 'postgres://me:hunter2@db/x', 'a'], 'pg_dump'],
  ['a copy into PostgreSQL', ['restore', 'a', 'postgres://me:hunter2@db/x'], 'fiscalkit-gateway restored'],
  ['a time without its zone', ['restored', 'a', '--since', '2026-03-31T12:00:00'], '--since must be'],
  ['a day that does not exist', ['restored', 'a', '--since', '2026-13-31T12:00:00Z'], '--since must be'],
  ['no time', ['restored', 'a'], '--since is missing'],
  ['a time that is none', ['restore', 'a', 'b', '--repeats-until', 'soon'], '--repeats-until must be'],
])('refuses %s with status 2', async (_, commandLine, message) => {
  const { status, output, errors } = await run(commandLine);
  expect(status).toBe(2);
  expect(output).toBe('');
  expect(errors).toContain(message);
  expect(errors).not.toContain('hunter2');
});

it('new-key makes a key that the configuration takes, another each time', async () => {
  const { output } = await run(['new-key']);
  const [, key = '', hash = ''] =
    /^key {3}(fiscalkit_[\w-]{43})\nhash {2}(sha256:[\da-f]{64})$/.exec(output) ?? [];
  expect(hash).toBe(hashKey(key));
  const { administrators } = loadConfiguration({
    FISCALKIT_MERCHANT_ID: '77',
    FISCALKIT_MERCHANT_SECRET: 'a long secret',
    FISCALKIT_ADMIN_KEY: key,
  });
  expect(administrators[0]?.keyHashes).toEqual([hash]);
  const again = JSON.parse((await run(['new-key', '--json'])).output);
  expect(again).toEqual({ key: expect.stringMatching(/^fiscalkit_/), hash: hashKey(again.key) });
  expect(again.key).not.toBe(key);
});

it('serve says what is wrong with the configuration', async () => {
  for (const commandLine of [[], ['serve']]) {
    const { status, errors } = await run(commandLine, { FISCALKIT_MERCHANT_ID: '77', PORT: 'eighty' });
    expect(status).toBe(1);
    expect(errors).toContain('port (PORT)');
  }
});

it.runIf(existsSync('/dev/full')).each(['new-key', '--version', '--help'])(
  '%s does not end as if all were well where nothing can be written',
  (word) => {
    const [loader, main] = ['../logs/source-loader.fixture.ts', '../main.ts'].map((name) =>
      fileURLToPath(new URL(name, import.meta.url)),
    );
    const full = openSync('/dev/full', 'w');
    const { status, stderr } = spawnSync(process.execPath, ['--import', loader ?? '', main ?? '', word], {
      stdio: ['ignore', full, 'pipe'],
      encoding: 'utf8',
    });
    closeSync(full);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^fiscalkit-gateway: the result can't be written to standard output: ENOSPC.*\n$/);
  },
);
