import { startPostgresServer } from '@fiscalkit/postgres-server';
import { type Program, startProgram } from '../programs/start-program.js';
import { demoMerchant } from '../receipts/demo-merchant.js';
import { startRedis } from '../redis/start-redis.js';
import type { Service, ServiceOptions } from '../services/service.js';
import type { SettingsEnvironment } from './service/settings.js';

const lacks = 'a lost answer doubles the receipt; no journal; no order';

/** BullMQ on Redis: what a good team makes in a week of what its stack offers. */
export const bullmqService: Service = {
  name: 'BullMQ on Redis',
  lacks: `${lacks}; knows repeats for a day`,
  startStore: startRedis,
  start: (options) => startHandmade('bullmq', options),
};

/** pg-boss on PostgreSQL, whose workers look for jobs twice a second. */
export const pgBossService: Service = {
  name: 'pg-boss on PostgreSQL',
  lacks: `${lacks}; knows repeats for a week`,
  async startStore() {
    const { connectionString, stop } = await startPostgresServer();
    return { url: connectionString, stop };
  },
  start: (options) => startHandmade('pg-boss', options),
};

/** The same with LISTEN and NOTIFY: a job is begun at once, and accepting one takes twice as long. */
export const notifyingPgBossService: Service = {
  ...pgBossService,
  name: `${pgBossService.name}, notifying`,
  start: (options) => startHandmade('pg-boss', options, { NOTIFY: 'yes' }),
};

function startHandmade(
  folder: 'bullmq' | 'pg-boss',
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
  return startProgram(new URL(`${folder}/`, import.meta.url).href, { environment: { ...environment } });
}
