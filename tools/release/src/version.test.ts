import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { version } from './version.js';

it('leaves everything as it is while no changeset waits', async () => {
  const root = await mkdtemp(join(tmpdir(), 'fiscalkit-version-'));
  await mkdir(join(root, '.changeset'));
  const output: string[] = [];
  await version(root, (line) => output.push(line));
  expect(output).toHaveLength(1);
  await rm(root, { recursive: true });
});
