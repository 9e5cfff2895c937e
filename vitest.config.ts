import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const rooms = [
  'packages/schemas',
  'packages/client',
  'packages/ledger',
  'apps/json-schema',
  'apps/sandbox',
  'apps/gateway',
  'apps/nestjs',
  'tools/postgres-server',
  'tools/release',
  'tools/structure',
  'tools/testing',
  'bench',
  'examples/shop',
  'e2e',
  'e2e/chaos',
  'e2e/fuzz',
  'e2e/orms',
];

export default defineConfig({
  test: {
    projects: rooms.map((room) => ({
      extends: true,
      test: { name: `@fiscalkit/${basename(room)}`, root: room, include: ['src/**/*.test.ts'] },
    })),
    setupFiles: [fileURLToPath(new URL('scripts/property-seed.mjs', import.meta.url))],
    // Most of what runs long waits for the clock or for other programs.
    maxWorkers: '100%',
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
