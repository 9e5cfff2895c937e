import { execFile } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { root } from './example-in.fixture.js';

const run = promisify(execFile);

const packages = globSync('{packages,apps}/*/package.json', { cwd: root }).filter(
  (file) => manifestIn(file).private !== true,
);
const environment = { ...process.env, npm_config_user_agent: undefined };
const fields = ['dependencies', 'optionalDependencies', 'peerDependencies', 'devDependencies'];
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'packing-'));
});
afterAll(() => rm(folder, { recursive: true }));

function manifestIn(file: string) {
  return JSON.parse(readFileSync(join(root, file), 'utf8'));
}

it('there are packages to publish', () => {
  expect(packages.length).toBeGreaterThanOrEqual(7);
});

it.each(packages)(
  '%s can be packed by npm: no range in it has a meaning in the workspace only',
  async (file) => {
    const before = readFileSync(join(root, file), 'utf8');
    const { stdout } = await run('npm', ['pack', '--silent', '--pack-destination', folder], {
      cwd: join(root, dirname(file)),
      env: environment,
    });
    const tarball = join(folder, String(stdout.trim().split('\n').at(-1)));
    const { stdout: packed } = await run('tar', ['-xzOf', tarball, 'package/package.json']);
    const manifest = JSON.parse(packed);
    const { stdout: files } = await run('tar', ['-tzf', tarball]);
    expect(files.split('\n')).toEqual(
      expect.arrayContaining(['LICENSE', 'README.md', 'CHANGELOG.md'].map((name) => `package/${name}`)),
    );
    for (const field of fields) {
      for (const [name, range] of Object.entries(manifest[field] ?? {}))
        expect([name, range]).toEqual([name, expect.stringMatching(/^(?:npm:|[\^~>=]*\d)/)]);
    }
    for (const [name, range] of Object.entries(manifest.dependencies ?? {})) {
      if (name.startsWith('@fiscalkit/'))
        expect(range).toBe(
          `^${manifestIn(String(packages.find((other) => manifestIn(other).name === name))).version}`,
        );
    }
    expect(readFileSync(join(root, file), 'utf8')).toBe(before);
  },
  60_000,
);

it('nothing is published by npm, which would tell the registry ranges of the workspace', async () => {
  const publishing = run('npm', ['publish', '--dry-run'], {
    cwd: join(root, 'packages/schemas'),
    env: environment,
  });
  await expect(publishing).rejects.toMatchObject({
    stderr: expect.stringContaining('This package is published by pnpm alone'),
  });
}, 60_000);
