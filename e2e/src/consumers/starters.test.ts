import { delimiter, dirname } from 'node:path';
import { type PostgresServer, startPostgresServer } from '@fiscalkit/postgres-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { installNode, oldestNode } from './node-versions.fixture.js';
import { type Project, packAll } from './project.fixture.js';
import { installStarter } from './starter.fixture.js';

let starters: Record<11 | 12, Project>;
let folderOfOldest: string;
let server: PostgresServer;

beforeAll(async () => {
  const tarballs = await packAll();
  const installed = [installStarter(11, tarballs), installStarter(12, tarballs)] as const;
  const [nest11, nest12] = await Promise.all(installed);
  starters = { 11: nest11, 12: nest12 };
  [folderOfOldest, server] = await Promise.all([
    installNode(oldestNode),
    startPostgresServer({ inMemory: true }),
  ]);
}, 600_000);

afterAll(() => server.stop());

let databases = 0;

/** A database of its own, so that no run finds another's receipts. */
async function newDatabase(): Promise<string> {
  databases += 1;
  await server.run(`CREATE DATABASE starter_${databases}`);
  return server.connectionString.replace(/postgres$/, `starter_${databases}`);
}

describe.each([
  [11, 'Jest'],
  [12, 'Vitest'],
] as const)('the starter of Nest %i', (major, runner) => {
  it.each(['this Node', `Node ${oldestNode}`])(
    `passes its tests in ${runner} on %s, fiscalizing`,
    async (version) => {
      const folder = version === 'this Node' ? dirname(process.execPath) : folderOfOldest;
      // Jest tells of its tests on the other channel.
      const output = await starters[major].run('sh', ['-c', 'npm test 2>&1'], {
        PATH: `${folder}${delimiter}${process.env.PATH}`,
        DATABASE_URL: await newDatabase(),
        NO_COLOR: '1',
      });
      expect(output).toMatch(/Tests:? +6 passed/);
    },
    180_000,
  );

  it('compiles', async () => {
    const compiler = ['node_modules/typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.build.json'];
    expect(await starters[major].node(...compiler)).toBe('');
  }, 60_000);
});
