import type { Variable } from './variable.js';

/** The process itself: where it listens, where its ledger is, who may administer it. */
export const serverVariables: readonly Variable[] = [
  { name: 'PORT', path: ['port'], kind: 'number', help: 'port to listen on (8080)' },
  { name: 'HOST', path: ['host'], kind: 'text', help: 'address to listen on (127.0.0.1)' },
  {
    name: 'FISCALKIT_ROLE',
    path: ['role'],
    kind: 'text',
    help: 'all: accept and deliver; api: accept only; worker: deliver only (all)',
  },
  {
    name: 'FISCALKIT_LEDGER_URL',
    path: ['ledgerUrl'],
    kind: 'secret',
    help: 'where the ledger is: sqlite:PATH or postgres://… (sqlite:data/ledger.sqlite)',
  },
  {
    name: 'FISCALKIT_ALLOW_FSYNC_OFF',
    path: ['postgres', 'allowFsyncOff'],
    kind: 'flag',
    help: '1: take a PostgreSQL with fsync = off, which can lose what was accepted; for tests (0)',
  },
  {
    name: 'FISCALKIT_LOG_LEVEL',
    path: ['logLevel'],
    kind: 'text',
    help: 'silent, error, warn, info or debug (info)',
  },
  {
    name: 'FISCALKIT_ADMIN_KEY',
    path: ['adminKey'],
    kind: 'secret',
    help: 'key of the administrator who may act on stuck entries under /admin (none)',
  },
  {
    name: 'FISCALKIT_ADMIN_KEY_HASH',
    path: ['adminKeyHash'],
    kind: 'text',
    help: 'its hash instead, as new-key prints it; several with commas (none)',
  },
  {
    name: 'FISCALKIT_DOCS',
    path: ['docs'],
    kind: 'flag',
    help: '0: do not serve the page that explains the API at /docs (1)',
  },
  {
    name: 'FISCALKIT_TRUSTED_PROXIES',
    path: ['trustedProxies'],
    kind: 'text',
    help: 'proxies whose X-Forwarded-For is believed: addresses or ranges, with commas (none)',
  },
];
