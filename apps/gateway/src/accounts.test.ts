import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Sandbox, sampleMerchant, startSandbox } from '@fiscalkit/sandbox';
import { request } from 'undici';
import { afterEach, describe, expect, it } from 'vitest';
import { createKey, hashKey } from './auth/api-keys.js';
import { fileWith } from './configuration/configuration.fixture.js';
import { loadConfiguration } from './configuration/load-configuration.js';
import { signatureOf } from './gateway.fixture.js';
import { createLogger } from './logs/logger.js';
import { sale } from './receipt.fixture.js';
import type { Gateway } from './start-application.js';
import { startGateway } from './start-gateway.js';

const secretKey = 'a secret key of theirs';
const anna = createKey();
const open: { close(): Promise<unknown> }[] = [];
let logLines: string[] = [];

afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});

/** Merchant of the gateway with an id of its own at the provider. */
interface Tenant {
  readonly id: string;
  readonly url: string;
  readonly merchantId?: string;
}

async function startWith(tenants: readonly Tenant[], ledgerUrl = 'sqlite::memory:'): Promise<Gateway> {
  const merchants = tenants.map(({ id, url, merchantId = id }) => ({
    id,
    secretKey: { env: 'SECRET' },
    company: sampleMerchant.company,
    freedompay: { baseUrl: url, merchantId, settlesWithinMs: 200 },
  }));
  const administrators = [{ name: 'anna', keyHash: hashKey(anna) }];
  logLines = [];
  const gateway = await startGateway(
    loadConfiguration({
      FISCALKIT_CONFIG: fileWith(JSON.stringify({ merchants, administrators })),
      FISCALKIT_LEDGER_URL: ledgerUrl,
      SECRET: secretKey,
      PORT: '0',
    }),
    createLogger('info', { write: (line) => logLines.push(line) }),
  );
  open.push(gateway);
  return gateway;
}

async function sandboxOf(...ids: readonly string[]): Promise<Sandbox> {
  const merchants = ids.map((id) => ({ ...sampleMerchant, id, secretKey }));
  const sandbox = await startSandbox({ registrationDelayMs: 0, merchants });
  open.push(sandbox);
  return sandbox;
}

interface Hand {
  readonly id: string;
  readonly payment: number | string;
  readonly waitMs?: number;
}

async function acceptEntry({ url }: Gateway, { id, payment, waitMs = 0 }: Hand) {
  const path = `/v5/receipts?wait=${waitMs}`;
  const body = JSON.stringify(sale({ merchant_id: Number(id), payment_id: payment }));
  const signature = signatureOf({ method: 'POST', path, body, merchantId: id, secretKey });
  const answer = await request(url + path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-JWS-Signature': signature },
    body,
  });
  return JSON.parse(await answer.body.text()).data;
}

async function get({ url }: Gateway, path: string, body?: unknown) {
  const answer = await request(url + path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { Authorization: `Bearer ${anna}`, 'Content-Type': 'application/json' },
    body: body === undefined ? null : JSON.stringify(body),
  });
  return JSON.parse(await answer.body.text());
}

/** Starts a provider that fails in one way. */
async function outOfOrder(status: number | null, headers: Record<string, string> = {}): Promise<string> {
  const server: Server = createServer((_, response) => {
    if (status !== null) response.writeHead(status, headers).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push({
    close: async () => {
      server.closeAllConnections();
      server.close();
    },
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('one tenant with a provider in trouble', () => {
  it.each([
    ['refuses connections', async () => 'http://127.0.0.1:9'],
    ['hangs', () => outOfOrder(null)],
    ['answers 500', () => outOfOrder(500)],
    ['answers 429 for ten minutes', () => outOfOrder(429, { 'Retry-After': '600' })],
  ])('holds up no other: its provider %s', async (_, urlOf) => {
    const sandbox = await sandboxOf('1002');
    const gateway = await startWith([
      { id: '1001', url: await urlOf() },
      { id: '1002', url: sandbox.url },
    ]);
    for (let payment = 0; payment < 60; payment += 1) await acceptEntry(gateway, { id: '1001', payment });
    for (let payment = 0; payment < 20; payment += 1) {
      const receipt = await acceptEntry(gateway, { id: '1002', payment, waitMs: 2_000 });
      expect(receipt.status).toBe('registered');
    }
  });

  it('is shown in readiness, with its account', async () => {
    const sandbox = await sandboxOf('1002');
    const gateway = await startWith([
      { id: '1001', url: await outOfOrder(500) },
      { id: '1002', url: sandbox.url },
    ]);
    for (let payment = 0; payment < 5; payment += 1) await acceptEntry(gateway, { id: '1001', payment });
    await expect
      .poll(async () => (await get(gateway, '/health/ready')).status, { timeout: 10_000 })
      .toBe('degraded');
    const { checks } = await get(gateway, '/health/ready');
    expect(checks.accounts).toMatchObject({ troubled: 1, first: [{ provider: 'freedompay' }] });
    expect(checks.accounts.first[0].account).toMatch(/^1001@http:\/\/127\.0\.0\.1:\d+$/);
    expect(logLines.join('')).toMatch(
      /"msg":"breaker\.changed".*"account":"1001@|"account":"1001@.*breaker\.changed/,
    );
  });
});

describe('a tenant with a wrong key', () => {
  it('is told once, shown in readiness, and no more after a success', async () => {
    const sandbox = await startSandbox({
      registrationDelayMs: 0,
      merchants: [{ ...sampleMerchant, id: '1001', secretKey: 'another key' }],
    });
    open.push(sandbox);
    const gateway = await startWith([{ id: '1001', url: sandbox.url }]);
    await acceptEntry(gateway, { id: '1001', payment: 1 });
    await acceptEntry(gateway, { id: '1001', payment: 2 });
    await expect
      .poll(async () => (await get(gateway, '/health/ready')).checks.accounts, { timeout: 10_000 })
      .toMatchObject({ troubled: 1, first: [{ breaker: 'closed', refused_keys_of: ['1001'] }] });
    expect((await get(gateway, '/health/ready')).status).toBe('degraded');
    const lines = logLines.map((line) => JSON.parse(line));
    expect(lines.filter(({ event }) => event === 'account.unauthorized')).toMatchObject([
      {
        level: 'warn',
        provider: 'freedompay',
        merchant: '1001',
        note: expect.stringContaining('merchant 1001'),
      },
    ]);
    expect(logLines.join('')).not.toContain(secretKey);
    expect(lines.filter(({ event }) => event === 'ledger.open')).toMatchObject([
      {
        level: 'info',
        ledger: ':memory:',
        merchants: '1001',
        providers: expect.stringContaining(`freedompay@${new URL(sandbox.url).host}`),
      },
    ]);
  });
});

describe('two tenants with one account', () => {
  it('are told at the start, and never get the document of each other', async () => {
    const sandbox = await sandboxOf('9');
    const gateway = await startWith([
      { id: '1001', url: sandbox.url, merchantId: '9' },
      { id: '1002', url: sandbox.url, merchantId: '9' },
    ]);
    const logged = logLines.map((line) => JSON.parse(line)).find(({ merchants }) => merchants !== undefined);
    expect(logged).toMatchObject({ provider: 'freedompay', merchants: '1001,1002' });

    // The answer to the first is lost; the second never arrives.
    sandbox.faults.add({ endpoint: 'receipts.create', times: 1, fault: { kind: 'drop-after' } });
    const one = await acceptEntry(gateway, { id: '1001', payment: 7, waitMs: 5_000 });
    sandbox.faults.add({ endpoint: 'receipts.create', times: 1, fault: { kind: 'drop-before' } });
    const other = await acceptEntry(gateway, { id: '1002', payment: 7, waitMs: 10_000 });
    expect([one.status, other.status]).toEqual(['registered', 'registered']);
    expect(sandbox.journal().receipts).toHaveLength(2);
    const entries = [one, other].map(({ receipt_id: id }) => get(gateway, `/admin/entries/${id}`));
    const bound = (await Promise.all(entries)).map(({ data }) => data.provider_document_id);
    expect(new Set(bound).size).toBe(2);
  }, 30_000);
});

describe('an account that is configured otherwise', () => {
  it('is settled in one act', async () => {
    const ledger = fileWith('').replace('gateway.json', 'ledger.sqlite');
    const first = await startWith([{ id: '1001', url: await outOfOrder(null) }], `sqlite:${ledger}`);
    const { receipt_id: id } = await acceptEntry(first, { id: '1001', payment: 7 });
    await expect
      .poll(async () => (await get(first, `/admin/entries/${id}`)).data.attempts, { timeout: 10_000 })
      .toBe(1);
    await first.close();
    open.splice(open.indexOf(first), 1);

    const sandbox = await sandboxOf('1001');
    const second = await startWith([{ id: '1001', url: sandbox.url }], `sqlite:${ledger}`);
    await expect
      .poll(async () => (await get(second, '/admin/entries')).data[0]?.reason?.code, { timeout: 10_000 })
      .toBe('provider.account-changed');
    const { account } = (await get(second, `/admin/entries/${id}`)).data;
    expect(account).toMatch(/^1001@/);
    expect(sandbox.journal().receipts).toEqual([]);
    const body = { account, action: 'moved', reason: 'Another address.' };
    expect(await get(second, '/admin/accounts/settle', body)).toEqual({ data: { settled: 1, left: 0 } });
    await expect
      .poll(async () => (await get(second, `/admin/entries/${id}`)).data.state, { timeout: 10_000 })
      .toBe('registered');
    expect(sandbox.journal().receipts).toHaveLength(1);
    const wrong = await get(second, '/admin/accounts/settle', { account: 'x', action: 'else' });
    expect(wrong.error.code).toBe('intervention.invalid');
  }, 40_000);
});
