import { mkdtempSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSqliteStore } from '@fiscalkit/ledger';
import { afterEach, describe, expect, it } from 'vitest';
import { type Harness, openHarness } from './gateway.fixture.js';
import { sale } from './receipt.fixture.js';

let harness: Harness | undefined;
afterEach(async () => {
  await harness?.close();
  harness = undefined;
});

const create = (open: Harness, payment: number, path = '/v5/receipts') =>
  open.signed({ method: 'POST', path, body: JSON.stringify(sale({ payment_id: payment })) });

function figure(text: string, name: string): number {
  const line = text
    .split('\n')
    .find((candidate) => candidate.startsWith(`${name} `) || candidate.startsWith(`${name}{`));
  return Number(line?.split(' ').at(-1));
}

describe('while the provider is out of reach', () => {
  it('accepts, says degraded, shows what waits, and registers all when it is back', async () => {
    harness = await openHarness();
    harness.sandbox.faults.add({ endpoint: '*', fault: { kind: 'drop-before' } });
    for (let payment = 1; payment <= 5; payment += 1)
      expect((await create(harness, payment)).status).toBe(200);
    await expect
      .poll(async () => (await harness?.send('/health/ready'))?.body.status, { timeout: 10_000 })
      .toBe('degraded');
    const { body: text } = await harness.send('/metrics');
    expect(figure(text, 'fiscalkit_accepted_total')).toBe(5);
    expect(figure(text, 'fiscalkit_oldest_pending_age_seconds')).toBeGreaterThan(0);
    expect(text).toContain('fiscalkit_breaker_state{provider="freedompay"} 2');
  });
});

describe('readiness', () => {
  it('tells until when a restored ledger looks before it sends, and is as ready', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'fiscalkit-restored-')), 'ledger.sqlite');
    const store = createSqliteStore({ path });
    const until = new Date(Date.now() + 3_600_000);
    await store.declareRestored({ since: new Date(Date.now() - 1_000), until });
    await store.close();
    harness = await openHarness({ FISCALKIT_LEDGER_URL: `sqlite:${path}` });
    const { status, body } = await harness.send('/health/ready');
    expect([status, body.status, body.restored]).toEqual([200, 'ok', { until: until.toISOString() }]);
    expect(body.waiting).not.toHaveProperty('held');
  });

  it('says nothing of a ledger that was not restored', async () => {
    harness = await openHarness();
    expect((await harness.send('/health/ready')).body).not.toHaveProperty('restored');
  });
});

describe('metrics', () => {
  it('count what was accepted and registered, and time attempts by provider and verdict', async () => {
    harness = await openHarness();
    await create(harness, 1, '/v5/receipts?wait=5000');
    const { body, headers } = await harness.send('/metrics');
    expect(headers['content-type']).toContain('text/plain');
    expect(body).toContain('fiscalkit_registered_total{provider="freedompay"} 1');
    expect(body).toContain(
      'fiscalkit_attempt_duration_seconds_count{provider="freedompay",step="submit",verdict="registered"} 1',
    );
    expect(body).toContain('fiscalkit_entries{state="registered"} 1');
    expect(body).toContain('fiscalkit_rejected_total{provider="freedompay"} 0');
    expect(body).toContain('fiscalkit_unknown_total{provider="fiscalbox"} 0');
    expect(figure(body, 'fiscalkit_due')).toBe(0);
  });
});

describe('logs', () => {
  it('never hold a secret, a signature, a body or a buyer', async () => {
    harness = await openHarness();
    await create(harness, 1, '/v5/receipts?wait=5000');
    await harness.signed({
      method: 'POST',
      body: JSON.stringify(
        sale({ customer: { email: 'buyer@example.com', phone: '79001234567' }, total: 1 }),
      ),
    });
    await harness.send('/v5/receipts/buyer@example.com');
    const log = harness.logLines.join('');
    expect(log).toContain('request.served');
    expect(log).toContain('"to":"registered"');
    for (const canary of [
      'buyer@example.com',
      '79001234567',
      'secret_key',
      'demo-api-key',
      '5544332219',
      'eyJ',
    ]) {
      expect(log).not.toContain(canary);
    }
  });
});

describe('a request that did not prove who asks', () => {
  const wrong = { 'X-Forwarded-For': '203.0.113.7', Authorization: 'Bearer wrong' };
  const lastLine = () =>
    JSON.parse(harness?.logLines.findLast((line) => line.includes('request.served')) ?? '{}');

  it('is logged with the address of its client, which only a proxy that is trusted may tell', async () => {
    for (const [proxies, client] of [
      ['', '127.0.0.1'],
      ['127.0.0.1', '203.0.113.7'],
    ]) {
      harness = await openHarness({ FISCALKIT_TRUSTED_PROXIES: proxies ?? '' });
      await harness.send('/admin/entries', { headers: wrong });
      await expect.poll(lastLine).toMatchObject({ code: 'access.key.invalid', client });
      await harness.signed({ secretKey: 'another', headers: wrong });
      await expect.poll(lastLine).toMatchObject({ code: 'signature.mismatch', client });
      await harness.signed({ headers: wrong });
      await expect.poll(lastLine).toMatchObject({ status: 200 });
      expect(lastLine()).not.toHaveProperty('client');
      await harness.close();
    }
  });
});

describe('what a request is logged as', () => {
  it('is an error when it is not the caller’s, whatever status its envelope goes out with', async () => {
    const busy = await openHarness({ FISCALKIT_MAX_CONCURRENT_REQUESTS: '1' });
    harness = busy;
    busy.sandbox.faults.add({ endpoint: 'receipts.create', fault: { kind: 'stay-pending' } });
    const waiting = create(busy, 1, '/v5/receipts?wait=400');
    await expect
      .poll(async () => (await busy.send('/metrics')).body)
      .toContain('accepted_total{operation="receipt"} 1');
    await busy.confirm({});
    const line = () => JSON.parse(busy.logLines.findLast((each) => each.includes('gateway.busy')) ?? '{}');
    await expect.poll(line).toMatchObject({ event: 'request.served', status: 200, level: 'error' });
    await waiting;
  });
});

describe('serverLimits', () => {
  it('refuses more requests at once than it was told to serve', async () => {
    harness = await openHarness({ FISCALKIT_MAX_CONCURRENT_REQUESTS: '1' });
    harness.sandbox.faults.add({ endpoint: 'receipts.create', fault: { kind: 'stay-pending' } });
    const waiting = create(harness, 1, '/v5/receipts?wait=400');
    await expect
      .poll(async () => (await harness?.send('/metrics'))?.body, { timeout: 2000 })
      .toContain('fiscalkit_accepted_total{operation="receipt"} 1');
    const refused = await create(harness, 2);
    expect(refused.status).toBe(503);
    expect(refused.headers['retry-after']).toBe('1');
    expect(refused.body.error).toMatchObject({ code: 'gateway.busy', retryable: true });
    expect((await waiting).status).toBe(200);
  });

  it.each([
    ['garbage', 'GARBAGE\r\n\r\n', 'request.malformed'],
    [
      'huge headers',
      `GET /health/live HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`,
      'request.headers',
    ],
  ])('answers %s and goes on', async (_, bytes, code) => {
    harness = await openHarness();
    const { port } = new URL(harness.gateway.url);
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(port), '127.0.0.1', () => socket.write(bytes));
      let text = '';
      socket.on('data', (chunk) => {
        text += chunk;
      });
      socket.on('close', () => resolve(text));
      socket.on('error', reject);
    });
    expect(answer).toContain(`"code":"${code}"`);
    expect((await harness.send('/health/live')).body).toEqual({ status: 'ok' });
  });
});

describe('roles', () => {
  it('an api accepts and does not deliver; a worker serves no merchant', async () => {
    harness = await openHarness({ FISCALKIT_ROLE: 'api' });
    const { body } = await create(harness, 1, '/v5/receipts?wait=100');
    expect(body.data.status).toBe('pending');
    expect(harness.sandbox.journal().receipts).toEqual([]);
    const worker = await openHarness({ FISCALKIT_ROLE: 'worker' });
    expect((await create(worker, 1)).body.error.code).toBe('route.not-found');
    expect((await worker.send('/health/ready')).status).toBe(200);
    await worker.close();
  });
});
