import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { type Harness, openHarness } from '../gateway.fixture.js';
import { sale } from '../receipt.fixture.js';
import { maxConnections } from './limits.js';
import { openSlowClient, untilEnded } from './slow-client.fixture.js';

let harness: Harness | undefined;
const cleanUp: (() => void)[] = [];

afterEach(async () => {
  for (const end of cleanUp.splice(0)) end();
  await harness?.close();
  harness = undefined;
});

async function open(environment: Record<string, string> = {}): Promise<Harness> {
  harness = await openHarness(environment);
  return harness;
}

function slow(client: Omit<Parameters<typeof openSlowClient>[0], 'url'>) {
  const socket = openSlowClient({ url: harness?.gateway.url ?? '', ...client });
  cleanUp.push(() => socket.destroy());
  return socket;
}

/** Returns the longest duration of a few liveness probes, in milliseconds. */
async function slowestProbe({ send }: Harness): Promise<number> {
  const durations: number[] = [];
  for (let probe = 0; probe < 10; probe += 1) {
    const startedAt = performance.now();
    expect((await send('/health/live')).status).toBe(200);
    durations.push(performance.now() - startedAt);
  }
  return Math.max(...durations);
}

async function metric({ send }: Harness, name: string): Promise<number> {
  const { body } = await send('/metrics');
  const line = body.split('\n').find((candidate: string) => candidate.startsWith(`${name} `));
  return Number(line?.split(' ')[1]);
}

async function expectWork(gateway: Harness): Promise<void> {
  const { status } = await gateway.signed({ method: 'POST', body: JSON.stringify(sale()) });
  expect(status).toBe(200);
}

const refused = (code: string) => `fiscalkit_connections_refused_total{code="${code}"}`;
const post = 'POST /v5/receipts HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n';
const chunked = `${post}Transfer-Encoding: chunked\r\n\r\n`;

describe('a crowd of idle connections', () => {
  // As many as the system's limit of open files allows here, which both sides need.
  const crowd = maxConnections(10_500) - 500;

  it(`of ${crowd} does not slow the gateway down`, async () => {
    const gateway = await open();
    const { port } = new URL(gateway.gateway.url);
    const program = fileURLToPath(new URL('./crowd.fixture.ts', import.meta.url));
    const child = spawn(process.execPath, [program, port, String(crowd)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    cleanUp.push(() => child.kill('SIGKILL'));
    await once(child.stdout, 'data');
    expect(await metric(gateway, 'fiscalkit_connections_open')).toBeGreaterThanOrEqual(crowd);
    expect(await slowestProbe(gateway)).toBeLessThan(1_000);
    await expectWork(gateway);
    expect(await metric(gateway, refused('connections.full'))).toBe(0);
  }, 60_000);

  it('over the bound makes room for those who have something to say, and is told of once', async () => {
    const gateway = await open({ FISCALKIT_MAX_CONNECTIONS: '32' });
    for (let client = 0; client < 200; client += 1) slow({});
    await expect.poll(() => metric(gateway, refused('connections.full'))).toBeGreaterThan(150);
    expect(await metric(gateway, 'fiscalkit_connections_open')).toBeLessThanOrEqual(32);
    expect(await slowestProbe(gateway)).toBeLessThan(1_000);
    await expectWork(gateway);
    expect(gateway.logLines.filter((line) => line.includes('connections.full'))).toHaveLength(1);
  });
});

describe('a place among the requests at work', () => {
  it('is neither taken nor freed by one that is refused', async () => {
    const gateway = await open({ FISCALKIT_MAX_CONCURRENT_REQUESTS: '1' });
    gateway.sandbox.faults.add({ endpoint: 'receipts.create', fault: { kind: 'stay-pending' } });
    const path = '/v5/receipts?wait=20000';
    const waiting = gateway.signed({ method: 'POST', path, body: JSON.stringify(sale()) });
    await expect.poll(() => gateway.sandbox.journal().receipts.length).toBe(1);
    for (let call = 0; call < 3; call += 1) {
      expect((await gateway.signed({})).body.error.code).toBe('gateway.busy');
    }
    await gateway.close();
    harness = undefined;
    expect((await waiting).status).toBe(200);
  });

  it('is free again after every answer', async () => {
    const gateway = await open({ FISCALKIT_MAX_CONCURRENT_REQUESTS: '2' });
    for (let call = 0; call < 6; call += 1) {
      expect((await gateway.signed({})).status).toBe(200);
      expect((await gateway.signed({ secretKey: 'wrong' })).status).toBe(401);
    }
  });
});

describe('a client that is slow or talks nonsense', () => {
  it.each([
    ['says nothing', {}, 'request.timeout'],
    ['drips headers', { first: 'GET / HTTP/1.1\r\n', drip: 'X: y\r\n' }, 'request.timeout'],
    ['drips a body', { first: `${post}Content-Length: 100000\r\n\r\n`, drip: 'x' }, 'request.timeout'],
    ['drips trailers', { first: `${chunked}0\r\n`, drip: 'x: y\r\n', everyMs: 100 }, 'request.timeout'],
    [
      'sends chunks without end',
      { first: chunked, drip: `4000\r\n${'x'.repeat(16_384)}\r\n`, everyMs: 8 },
      'body.too-large',
    ],
    ['announces a huge body', { first: `${post}Content-Length: 1099511627776\r\n\r\n` }, 'body.too-large'],
    ['writes into chunk sizes', { first: `${chunked}1;`, drip: 'x'.repeat(4096) }, 'request.malformed'],
    [
      'sends a header without end',
      { first: 'GET / HTTP/1.1\r\nX: ', drip: 'x'.repeat(1024) },
      'request.headers',
    ],
    ['ends in the middle', { first: 'GET / HTTP/1.1\r\nHost', halfOpen: true }, 'request.malformed'],
    [
      'sends garbage behind a request',
      { first: `GET /health/live HTTP/1.1\r\nHost: a\r\n\r\nGARBAGE\r\n\r\n${'\0'.repeat(1000)}` },
      'request.malformed',
    ],
  ])('and %s is told so and cut off', async (_, client, code) => {
    const gateway = await open({ FISCALKIT_REQUEST_TIMEOUT_MS: '1000' });
    const ended = untilEnded(slow(client));
    expect(await slowestProbe(gateway)).toBeLessThan(1_000);
    expect(await ended).toContain(`"code":"${code}"`);
    await expectWork(gateway);
  });

  it('does not take the place of one that is quick', async () => {
    const gateway = await open({ FISCALKIT_MAX_CONCURRENT_REQUESTS: '4' });
    for (let client = 0; client < 40; client += 1) {
      slow({ first: `${post}Content-Length: 1000\r\n\r\n`, drip: 'x', everyMs: 500 });
    }
    await expect.poll(() => metric(gateway, refused('request.slow'))).toBeGreaterThan(30);
    await expect.poll(() => metric(gateway, 'fiscalkit_connections_open')).toBeLessThan(10);
    await expectWork(gateway);
  });

  it('and asks thousands of times without reading is cut off', async () => {
    const gateway = await open();
    slow({ first: 'GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n'.repeat(5_000), deaf: true });
    expect(await slowestProbe(gateway)).toBeLessThan(1_000);
    await expect.poll(() => metric(gateway, refused('connection.pipelining'))).toBe(1);
    await expectWork(gateway);
  });
});
