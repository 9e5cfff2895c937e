import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { signDetached } from '@fiscalkit/client/jws';
import {
  demoMerchant,
  type Program,
  sampleSale,
  startGatewayProgram,
  startProgram,
} from '@fiscalkit/testing';
import { Agent, request } from 'undici';
import { atRate, monotonicMs } from '../../load/pace.js';

const path = '/v5/receipts';
const { secretKey } = demoMerchant;

/** Outcome of a receipt that was submitted and waited for. */
export interface Delivered {
  readonly milliseconds: number;
  readonly registered: boolean;
}

/** How many receipts to submit, and how long to wait for each. */
export interface Submission {
  readonly perSecond: number;
  readonly seconds: number;
  readonly waitMs: number;
}

/** A gateway with tenants that have an account each, at a place of its own. */
export interface Tenants {
  /** Submits receipts of a tenant, counted from 0, at a steady rate, and returns their outcomes. */
  submit(tenant: number, submission: Submission): Promise<Delivered[]>;
  stop(): Promise<void>;
}

/** Returns the id of a tenant, here and at its provider; the demo's settings are those of the first. */
export function tenantId(tenant: number): string {
  return tenant === 0 ? demoMerchant.merchantId : String(1001 + tenant);
}

/** Starts a provider that so many tenants have an account at: every call takes `latencyMs`. */
export function startProvider(tenants: number, latencyMs: number): Promise<Program> {
  const commandLine = [String(tenants), String(latencyMs)];
  return startProgram(new URL('provider/main.js', import.meta.url).href, { commandLine });
}

/** Starts a gateway with the addresses at which the tenants have their accounts. */
export async function startTenants(addresses: readonly [string, ...string[]]): Promise<Tenants> {
  const folder = mkdtempSync(join(tmpdir(), 'fiscalkit-neighbour-'));
  const merchants = addresses.map((baseUrl, tenant) => ({
    id: tenantId(tenant),
    secretKey: { env: 'TENANT_SECRET' },
    company: { inn: '5544332219', email: 'shop@example.com', tax_system: 'osn', payment_address: 'shop.ru' },
    freedompay: { baseUrl, merchantId: tenantId(tenant) },
    fiscalbox: { baseUrl },
  }));
  const file = join(folder, 'gateway.json');
  writeFileSync(file, JSON.stringify({ merchants }));
  const gateway = await startGatewayProgram({
    providersUrl: addresses[0],
    ledgerUrl: `sqlite:${join(folder, 'ledger.sqlite')}`,
    environment: {
      FISCALKIT_CONFIG: file,
      FISCALKIT_REQUESTS_PER_SECOND: 'none',
      TENANT_SECRET: secretKey,
    },
  });
  const dispatcher = new Agent({ connections: 512 });
  let payments = 0;

  async function deliver(tenant: number, waitMs: number, sentAt: number): Promise<Delivered> {
    payments += 1;
    const merchantId = tenantId(tenant);
    const body = JSON.stringify({ ...sampleSale(payments), merchant_id: Number(merchantId) });
    const signing = { method: 'POST', path, body: new TextEncoder().encode(body), merchantId, secretKey };
    const answer = await request(`${gateway.url}${path}?wait=${waitMs}`, {
      method: 'POST',
      dispatcher,
      headers: { 'Content-Type': 'application/json', 'X-JWS-Signature': signDetached(signing) },
      body,
    });
    const text = await answer.body.text();
    if (answer.statusCode !== 200) throw new Error(`the gateway answered ${answer.statusCode}: ${text}`);
    const registered = JSON.parse(text).data.status === 'registered';
    return { milliseconds: monotonicMs() - sentAt, registered };
  }

  return {
    async submit(tenant, { perSecond, seconds, waitMs }) {
      const pace = atRate(perSecond);
      const receipts: Promise<Delivered>[] = [];
      for (let index = 0; index < perSecond * seconds; index += 1) {
        receipts.push(deliver(tenant, waitMs, await pace(index)));
      }
      return Promise.all(receipts);
    },
    async stop() {
      await gateway.stop();
      await dispatcher.close();
      rmSync(folder, { recursive: true });
    },
  };
}
