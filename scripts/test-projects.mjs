// The projects of the tests, by the command that runs them.
import { basename } from 'node:path';

const project = (root, settings) => ({ name: `@fiscalkit/${basename(root)}`, root, ...settings });
// Files that share a process load what they test once; most of a short file's time was that. Those of the ledger
// start servers and threads of their own, and gain nothing.
const shared = { isolate: false };
const model = 'src/model';

/** What `npm test` runs: each package, app and tool by itself. */
export const componentTests = [
  project('packages/schemas', shared),
  project('packages/client', shared),
  project('packages/ledger', { without: model }),
  project('apps/json-schema', shared),
  project('apps/sandbox', shared),
  project('apps/gateway', shared),
  project('apps/nestjs'),
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
  project('packages/ledger', { name: '@fiscalkit/ledger-model', folder: model }),
];
