// The projects of the tests, by the command that runs them.
import { basename } from 'node:path';

const project = (root, settings) => ({ name: `@fiscalkit/${basename(root)}`, root, ...settings });
const model = 'src/model';

/** What `npm test` runs: each package, app and tool by itself. */
export const componentTests = [
  project('packages/schemas'),
  project('packages/client'),
  project('packages/ledger', { without: model }),
  project('apps/json-schema'),
  project('apps/sandbox'),
  project('apps/gateway'),
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
