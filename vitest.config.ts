import { basename } from 'node:path';
import { defineConfig } from 'vitest/config';

const rooms = [
  'packages/schemas',
  'packages/client',
  'packages/ledger',
  'apps/sandbox',
  'apps/gateway',
  'apps/nestjs',
  'bench',
  'examples/shop',
  'e2e',
];

export default defineConfig({
  test: {
    projects: rooms.map((room) => ({
      extends: true,
      test: { name: `@fiscalkit/${basename(room)}`, root: room, include: ['src/**/*.test.ts'] },
    })),
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
