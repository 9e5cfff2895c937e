import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PostgresServer, startPostgresServer } from '@fiscalkit/postgres-server';
import { type Sandbox, startSandbox } from '@fiscalkit/sandbox';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Client } from 'pg';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import type { PaidOrder } from './orders/paid-order.js';
import { type ShopSettings, sampleMerchant } from './shop-settings.js';
import { startShop } from './start-shop.js';

/** What a shop of a test stands on. */
export interface Surroundings {
  readonly settings: ShopSettings;
  readonly sandbox: Sandbox;
}

/** Starts PostgreSQL for a file's tests; returns a factory of a database, a sandbox and a mail file. */
export function useSurroundings(): () => Promise<Surroundings> {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgresServer({ inMemory: true });
  });
  afterAll(() => server.stop());
  return async () => {
    const sandbox = await startSandbox({ merchants: [sampleMerchant], registrationDelayMs: 20 });
    onTestFinished(() => sandbox.close());
    const databaseUrl = await newDatabase(server.connectionString);
    const mailFile = join(newFolder(), 'mails.jsonl');
    return {
      settings: { databaseUrl, providerUrl: sandbox.url, merchant: sampleMerchant, mailFile },
      sandbox,
    };
  };
}

/** Starts a shop for the time of the test. */
export async function openShop(settings: ShopSettings): Promise<NestFastifyApplication> {
  const shop = await startShop(settings);
  onTestFinished(() => shop.close());
  return shop;
}

/** A folder for the time of the test. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'fiscalkit-shop-'));
  // PostgreSQL may run as another user, who must be able to reach its data.
  chmodSync(folder, 0o755);
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A payment for two packets of tea that nobody has heard of. */
export function paidOrder(): PaidOrder {
  return { payment_id: randomUUID(), email: 'buyer@example.com', item: 'tea', quantity: 2 };
}

/** The mails that were written. */
export function mailsIn(mailFile: string): Record<string, string>[] {
  const lines = readFileSync(mailFile, { encoding: 'utf8', flag: 'a+' }).split('\n');
  return lines.filter(Boolean).map((line) => JSON.parse(line));
}

async function newDatabase(serverUrl: string): Promise<string> {
  const name = `shop_${randomUUID().replaceAll('-', '')}`;
  const client = new Client({ connectionString: serverUrl });
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  return serverUrl.replace(/\/postgres$/, `/${name}`);
}
