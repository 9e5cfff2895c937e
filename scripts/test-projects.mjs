// The projects of the tests, by the command that runs them.
import { basename } from 'node:path';

const project = (root, settings) => ({
  name: `@fiscalkit/${basename(root)}`,
  root,
  only: ['src/**/*.test.ts'],
  without: [],
  isolate: true,
  ...settings,
});
// Files that share a process load what they test once; most of a short file's time was that.
const shared = { isolate: false };
// Some need a process of their own: they start PostgreSQL, count threads, or test what happens once in a process.
const ledgerApart = [
  'src/store/postgres/**/*.test.ts',
  'src/store/late-receipts.test.ts',
  'src/store/sqlite/open-sqlite-store.test.ts',
  'src/store/sqlite/thread/*.test.ts',
  'src/audit/postgres/*.test.ts',
  'src/delivery/serial-account.test.ts',
  'src/reconciliation/reconcile.test.ts',
  'src/services/derived-receipts.test.ts',
  'src/open-receipts.test.ts',
];
const nestjsApart = ['src/canary.test.ts', 'src/telemetry/*.test.ts'];
const model = 'src/model/**/*.test.ts';

/** What `npm test` runs: each package, app and tool by itself. */
export const componentTests = [
  project('packages/schemas', shared),
  project('packages/client', shared),
  project('packages/ledger', { ...shared, without: [model, ...ledgerApart] }),
  project('packages/ledger', { name: '@fiscalkit/ledger-apart', only: ledgerApart }),
  project('apps/json-schema', shared),
  project('apps/sandbox', shared),
  project('apps/gateway', shared),
  project('apps/nestjs', { ...shared, without: nestjsApart }),
  project('apps/nestjs', { name: '@fiscalkit/nestjs-apart', only: nestjsApart }),
  project('tools/postgres-server'),
  project('tools/release'),
  project('tools/structure'),
  project('tools/testing'),
  project('bench'),
  project('examples/shop'),
];

/** What `npm run test:system` runs: whole programs, installed packages, crashes, and the model of the ledger. */
export const systemTests = [
  project('e2e'),
  project('e2e/chaos'),
  project('e2e/fuzz'),
  project('e2e/orms'),
  project('packages/ledger', { name: '@fiscalkit/ledger-model', only: [model] }),
];
