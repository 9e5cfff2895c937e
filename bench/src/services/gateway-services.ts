import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgresServer } from '@fiscalkit/postgres-server';
import { startGateway } from '../programs/start-gateway.js';
import type { Service, ServiceOptions } from './service.js';

/** As many attempts at once as the hand-made services make. */
const concurrency = 64;

const start = ({ role, storeUrl, providerUrl }: ServiceOptions) =>
  startGateway({ role, ledgerUrl: storeUrl, providerUrl, concurrency });

/** The gateway with its ledger in a file. */
export const gatewayOnSqlite: Service = {
  name: 'gateway on SQLite',
  async startStore() {
    const folder = mkdtempSync(join(tmpdir(), 'fiscalkit-ledger-'));
    return {
      url: `sqlite:${join(folder, 'ledger.sqlite')}`,
      stop: async () => rmSync(folder, { recursive: true }),
    };
  },
  start,
};

/** The gateway with its ledger in a PostgreSQL. */
export const gatewayOnPostgres: Service = {
  name: 'gateway on PostgreSQL',
  async startStore() {
    const { connectionString, stop } = await startPostgresServer();
    return { url: connectionString, stop };
  },
  start,
};
