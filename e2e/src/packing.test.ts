import { execFile } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { root } from './example-in.fixture.js';

const run = promisify(execFile);

const packages = globSync('{packages,apps}/*/package.json', { cwd: root }).filter(
  (file) => JSON.parse(readFileSync(join(root, file), 'utf8')).private !== true,
);

it('there are packages to publish', () => {
  expect(packages.length).toBeGreaterThanOrEqual(7);
});

it.each(packages)(
  '%s is not packed by npm, which would leave ranges of the workspace in it',
  async (file) => {
    const environment = { ...process.env, npm_config_user_agent: undefined };
    const packing = run('npm', ['pack', '--dry-run'], { cwd: join(root, dirname(file)), env: environment });
    await expect(packing).rejects.toMatchObject({
      stderr: expect.stringContaining('This package is packed by pnpm alone'),
    });
  },
  30_000,
);
