import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgresServer } from '@fiscalkit/postgres-server';
import { demoMerchant, type Program, startProgram } from '@fiscalkit/testing';
import type { Candidate } from './benchmark.js';
import type { SettingsEnvironment } from './peers/service.js';
import { type GatewayOptions, startGateway } from './programs.js';
import { redisIsInstalled, startRedis } from './redis.js';

/** A way to turn a shop's request into a registered receipt. */
export interface Service {
  /** Its name as a candidate. */
  readonly name: string;
  /** What it promises less than the product; absent for the product itself. */
  readonly weakerGuarantee?: string;
  /** Makes an empty store: what one process of the service has accepted there, another one can deliver. */
  startStore(): Promise<Store>;
  start(options: ServiceOptions): Promise<Program>;
}

/** Where a service keeps what it has accepted. */
export interface Store {
  readonly url: string;
  stop(): Promise<void>;
}

export interface ServiceOptions extends Pick<GatewayOptions, 'role' | 'providerUrl'> {
  readonly storeUrl: string;
}

/** Makes a candidate of a service and its samples. */
export function asCandidate(
  { name, weakerGuarantee }: Pick<Service, 'name' | 'weakerGuarantee'>,
  samples: readonly number[],
): Candidate {
  return { name, samples, ...(weakerGuarantee !== undefined && { weakerGuarantee }) };
}

const startOnLedger = ({ role, storeUrl, providerUrl }: ServiceOptions) =>
  // As many concurrent attempts as the hand-made services make.
  startGateway({ role, ledgerUrl: storeUrl, providerUrl, concurrency: 64 });

const startPostgres = async (): Promise<Store> => {
  const { connectionString, stop } = await startPostgresServer();
  return { url: connectionString, stop };
};

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
  start: startOnLedger,
};

/** The gateway with its ledger in a PostgreSQL. */
export const gatewayOnPostgres: Service = {
  name: 'gateway on PostgreSQL',
  startStore: startPostgres,
  start: startOnLedger,
};

const weakerGuarantee = 'a lost answer doubles the receipt; no journal; no order';

/** BullMQ on Redis: what a good team makes in a week of what its stack offers. */
export const bullmqService: Service = {
  name: 'BullMQ on Redis',
  weakerGuarantee: `${weakerGuarantee}; knows repeats for a day`,
  startStore: startRedis,
  start: (options) => startHandmade('bullmq', options),
};

/** pg-boss on PostgreSQL, with workers that poll for jobs twice a second. */
export const pgBossService: Service = {
  name: 'pg-boss on PostgreSQL',
  weakerGuarantee: `${weakerGuarantee}; knows repeats for a week`,
  startStore: startPostgres,
  start: (options) => startHandmade('pg-boss', options),
};

/** The same with LISTEN and NOTIFY: a job is begun at once, and accepting one takes twice as long. */
export const notifyingPgBossService: Service = {
  ...pgBossService,
  name: `${pgBossService.name}, notifying`,
  start: (options) => startHandmade('pg-boss', options, { NOTIFY: 'yes' }),
};

/** Returns the hand-made services that this machine can run, and reports one that it can't. */
export function availablePeers(
  onProgress: (what: string) => void,
  pgBoss: Service = pgBossService,
): Service[] {
  if (redisIsInstalled()) return [bullmqService, pgBoss];
  onProgress(
    `without ${bullmqService.name}, since redis-server is not installed (apt-get install redis-server)`,
  );
  return [pgBoss];
}

function startHandmade(
  queue: 'bullmq' | 'pg-boss',
  { role, storeUrl, providerUrl }: ServiceOptions,
  more: Pick<SettingsEnvironment, 'NOTIFY'> = {},
): Promise<Program> {
  const environment: SettingsEnvironment = {
    ROLE: role,
    PROVIDER_URL: providerUrl,
    STORE_URL: storeUrl,
    MERCHANT_ID: demoMerchant.merchantId,
    MERCHANT_SECRET_KEY: demoMerchant.secretKey,
    ...more,
  };
  return startProgram(new URL(`peers/${queue}/main.js`, import.meta.url).href, {
    environment: { ...environment },
  });
}
