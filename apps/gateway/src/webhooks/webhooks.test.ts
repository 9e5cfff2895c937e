import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hashKey } from '../auth/api-keys.js';
import { type Harness, openHarness, shop } from '../gateway.fixture.js';
import { sale } from '../receipt.fixture.js';
import { openReceiver, type Receiver } from './receiver.fixture.js';

const secret = `whsec_${Buffer.from('first secret of the shop'.padEnd(32)).toString('base64')}`;
const newSecret = `whsec_${Buffer.from('second secret of the shop'.padEnd(32)).toString('base64')}`;
const adminKey = 'fiscalkit_an-administrators-key-for-tests';

const quick = {
  FISCALKIT_WEBHOOK_RETRY_MS: '20',
  FISCALKIT_WEBHOOK_MOST_RETRY_MS: '200',
  FISCALKIT_WEBHOOK_ATTEMPT_MS: '400',
  FISCALKIT_ADMIN_KEY_HASH: hashKey(adminKey),
  FIRST_SECRET: secret,
  SECOND_SECRET: newSecret,
};

let receiver: Receiver;
let harness: Harness;
let folder: string;

beforeEach(async () => {
  receiver = await openReceiver();
  folder = mkdtempSync(join(tmpdir(), 'fiscalkit-webhooks-'));
});

afterEach(async () => {
  await harness.close();
  await receiver.close();
});

/** Opens a gateway whose merchant has these endpoints. */
async function open(
  webhooks: readonly Record<string, unknown>[] = [{ url: receiver.url, secret: { env: 'FIRST_SECRET' } }],
  environment: Record<string, string> = {},
): Promise<void> {
  const file = join(folder, 'gateway.json');
  writeFileSync(file, JSON.stringify({ merchants: [{ webhooks }] }));
  harness = await openHarness({ ...quick, FISCALKIT_CONFIG: file, ...environment });
  // An endpoint that is new begins with what happens from now on.
  const begun = async () => {
    const { body } = await admin('');
    return body.data.filter(({ state }: { state: string }) => state !== 'starting').length;
  };
  await expect.poll(begun, { timeout: 5_000 }).toBe(webhooks.length);
}

async function sell(payment: number): Promise<string> {
  const body = JSON.stringify(sale({ payment_id: payment }));
  const answer = await harness.signed({ method: 'POST', path: '/v5/receipts?wait=5000', body });
  expect(answer.body.data.status).toBe('registered');
  return answer.body.data.receipt_id;
}

function admin(path: string, body?: unknown) {
  return harness.send(`/admin/webhooks${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      Authorization: `Bearer ${adminKey}`,
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

const typesOf = (id: string, from = receiver) =>
  from.received.filter(({ body }) => body.data.receipt_id === id).map(({ body }) => body.type);
const both = ['receipt.accepted', 'receipt.registered'];

describe('a webhook', () => {
  it('is delivered, and the library of Standard Webhooks verifies it', async () => {
    await open();
    const id = await sell(1);
    await expect.poll(() => typesOf(id)).toEqual(both);
    const [, second] = receiver.received;
    expect(second?.path).toBe('/hook?shop=1');
    const verified = new Webhook(secret).verify(second?.text ?? '', second?.headers ?? {});
    expect(verified).toMatchObject({
      id: `${id}:3:receipt-registered`,
      type: 'receipt.registered',
      data: { receipt_id: id, payment_id: '1', status: 'registered', link: expect.stringMatching(/^https:/) },
    });
    expect(second?.headers['webhook-id']).toBe(`${id}:3:receipt-registered`);
    expect(() => new Webhook(newSecret).verify(second?.text ?? '', second?.headers ?? {})).toThrow();
  });

  it('is verified by a program of another language that has only its standard library', async () => {
    await open();
    const id = await sell(1);
    await expect.poll(() => typesOf(id)).toEqual(both);
    const program = `
import base64, hashlib, hmac, json, sys
given = json.load(sys.stdin)
headers = given['headers']
key = base64.b64decode(given['secret'][len('whsec_'):])
signed = '.'.join([headers['webhook-id'], headers['webhook-timestamp'], given['text']]).encode()
expected = 'v1,' + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
print(any(hmac.compare_digest(expected, each) for each in headers['webhook-signature'].split(' ')))`;
    const verify = (given: object) =>
      spawnSync('python3', ['-c', program], { input: JSON.stringify(given), encoding: 'utf8' }).stdout.trim();
    const [first] = receiver.received;
    expect(verify({ ...first, secret })).toBe('True');
    expect(verify({ ...first, secret: newSecret })).toBe('False');
    expect(verify({ ...first, text: `${first?.text} `, secret })).toBe('False');
  });

  it('is signed with two secrets while one is changed', async () => {
    await open([{ url: receiver.url, secret: { env: 'SECOND_SECRET' }, oldSecret: { env: 'FIRST_SECRET' } }]);
    const id = await sell(1);
    await expect.poll(() => typesOf(id)).toEqual(both);
    const [first] = receiver.received;
    for (const each of [secret, newSecret]) {
      expect(new Webhook(each).verify(first?.text ?? '', first?.headers ?? {})).toMatchObject({
        type: both[0],
      });
    }
  });

  it('shows the whole receipt where that is chosen, and nothing of the buyer where it is not', async () => {
    const full = await openReceiver();
    await open([
      { name: 'thin', url: receiver.url, secret: { env: 'FIRST_SECRET' } },
      {
        name: 'full',
        url: full.url,
        secret: { env: 'FIRST_SECRET' },
        payload: 'full',
        types: ['receipt.registered'],
      },
    ]);
    const id = await sell(1);
    await expect.poll(() => typesOf(id)).toEqual(both);
    await expect.poll(() => typesOf(id, full)).toEqual(['receipt.registered']);
    expect(full.received[0]?.body.data.receipt).toMatchObject({
      receipt_id: id,
      positions: [{ name: 'Чай' }, {}],
    });
    const thin = receiver.received.map(({ text }) => text).join();
    expect(thin).not.toMatch(/buyer@example\.com|Чай|secret_key|whsec_/);
    expect(harness.logLines.join()).not.toMatch(/buyer@example\.com|whsec_|shop=1|\/hook/);
    await full.close();
  });
});

describe('a receiver that', () => {
  it('fails is sent the same event again, later ones of the receipt after it', async () => {
    await open();
    receiver.answer = (response, _, count) => response.writeHead(count <= 3 ? 500 : 200).end();
    const id = await sell(1);
    await expect.poll(() => typesOf(id), { timeout: 5_000 }).toEqual([...Array(4).fill(both[0]), both[1]]);
    const ids = receiver.received.map(({ headers }) => headers['webhook-id']);
    expect(new Set(ids).size).toBe(2);
    const { body } = await admin(`/${shop.id}/default/deliveries`);
    await expect.poll(async () => (await admin('')).body.data[0].state).toBe('active');
    expect(body.data.at(-1)).toMatchObject({ event_id: ids[0], attempt: 1, outcome: 'failed', status: 500 });
    expect(harness.logLines.join()).toMatch(/webhook\.failing[\s\S]*webhook\.recovered/);
  });

  it('stalls, resets or redirects counts as failing, and no other waits for it', async () => {
    const stalling = await openReceiver();
    const redirecting = await openReceiver();
    const resetting = await openReceiver();
    stalling.answer = () => {};
    redirecting.answer = (response) => response.writeHead(307, { Location: receiver.url }).end();
    resetting.answer = (response) => response.destroy();
    const others = { stalling, redirecting, resetting };
    await open([
      ...Object.entries(others).map(([name, { url }]) => ({ name, url, secret: { env: 'FIRST_SECRET' } })),
      { name: 'good', url: receiver.url, secret: { env: 'FIRST_SECRET' } },
    ]);
    const begunAt = performance.now();
    const ids = [await sell(1), await sell(2), await sell(3)];
    for (const id of ids) await expect.poll(() => typesOf(id)).toEqual(both);
    expect(performance.now() - begunAt).toBeLessThan(5_000);
    // What was redirected would have come here, too.
    expect(receiver.received).toHaveLength(6);
    for (const [name, other] of Object.entries(others)) {
      await expect.poll(() => other.received.length).toBeGreaterThan(1);
      await expect
        .poll(async () => (await admin(`/${shop.id}/${name}/deliveries`)).body.data[0])
        .toMatchObject({ outcome: 'failed' });
      other.answer = receiver.answer;
      for (const id of ids) {
        await expect.poll(() => new Set(typesOf(id, other)), { timeout: 8_000 }).toEqual(new Set(both));
      }
    }
    await Promise.all(Object.values(others).map((other) => other.close()));
  });

  it('is down gets everything when it is back, in order per receipt', async () => {
    await open();
    const { port } = new URL(receiver.url);
    await receiver.close();
    const ids = [await sell(1), await sell(2), await sell(3)];
    receiver = await openReceiver(Number(port));
    for (const id of ids) await expect.poll(() => typesOf(id), { timeout: 8_000 }).toEqual(both);
  });

  it('is gone is sent nothing more, until an administrator sends again from a time', async () => {
    await open();
    const before = new Date().toISOString();
    receiver.answer = (response) => response.writeHead(410).end();
    const id = await sell(1);
    await expect.poll(async () => (await admin('')).body.data[0].state).toBe('disabled');
    const count = receiver.received.length;
    await sell(2);
    await delay(300);
    expect(receiver.received).toHaveLength(count);
    expect((await admin('')).body.data[0]).toMatchObject({
      disabled_because: 'gone',
      host: expect.any(String),
    });
    const metrics = await harness.send('/metrics');
    expect(metrics.body).toContain('fiscalkit_webhooks_disabled{merchant="542088",why="gone"} 1');

    receiver.received.length = 0;
    receiver.answer = (response) => response.writeHead(204).end();
    const answer = await admin(`/${shop.id}/default/send-again`, { from: before });
    expect(answer.status).toBe(202);
    await expect.poll(() => typesOf(id), { timeout: 5_000 }).toEqual(both);
    await expect.poll(() => receiver.received.length).toBe(4);
    expect((await admin('')).body.data[0]).toMatchObject({ state: 'active', disabled_at: null });
    expect((await harness.send('/metrics')).body).toContain(
      'fiscalkit_webhooks_disabled{merchant="542088",why="gone"} 0',
    );
  });

  it('has not taken everything loses none of it when it is sent again from a later time', async () => {
    await open();
    receiver.answer = (response) => response.writeHead(410).end();
    const missed = await sell(1);
    await expect.poll(async () => (await admin('')).body.data[0].state).toBe('disabled');
    receiver.answer = (response) => response.writeHead(204).end();
    const later = new Date(Date.now() + 60_000).toISOString();
    expect((await admin(`/${shop.id}/default/send-again`, { from: later })).status).toBe(202);
    expect((await admin(`/${shop.id}/default/send-again`, { from: later })).status).toBe(202);
    receiver.received.length = 0;
    await expect.poll(() => typesOf(missed), { timeout: 5_000 }).toEqual(both);
  });

  it('is sent again everything that was asked for, also when a later time is asked for meanwhile', async () => {
    await open();
    const before = new Date().toISOString();
    const id = await sell(1);
    await expect.poll(() => typesOf(id)).toEqual(both);
    receiver.received.length = 0;
    for (const from of [before, new Date().toISOString()]) {
      expect((await admin(`/${shop.id}/default/send-again`, { from })).status).toBe(202);
    }
    await expect.poll(() => typesOf(id), { timeout: 5_000 }).toEqual(both);
  });

  it('is sent again everything that was asked for, also at the same moment', async () => {
    await open();
    const before = new Date().toISOString();
    const id = await sell(1);
    await expect.poll(() => typesOf(id)).toEqual(both);
    const later = new Date().toISOString();
    for (let round = 0; round < 5; round += 1) {
      receiver.received.length = 0;
      const times = [later, before, later, later, later];
      const answers = await Promise.all(
        times.map((from) => admin(`/${shop.id}/default/send-again`, { from })),
      );
      expect(answers.map(({ status }) => status)).toEqual(times.map(() => 202));
      await expect.poll(() => typesOf(id).slice(0, 2), { timeout: 5_000 }).toEqual(both);
      await delay(200);
    }
  });

  it('only fails for too long is disabled', async () => {
    await open(undefined, { FISCALKIT_WEBHOOK_DISABLE_AFTER_MS: '600' });
    receiver.answer = (response) => response.writeHead(500).end();
    await sell(1);
    const metrics = async () => (await harness.send('/metrics')).body;
    await expect.poll(metrics).toContain('fiscalkit_webhooks_failing{merchant="542088"} 1');
    await expect
      .poll(async () => (await admin('')).body.data[0], { timeout: 8_000 })
      .toMatchObject({ state: 'disabled', disabled_because: 'failing' });
    expect(harness.logLines.join()).toContain('webhook.disabled');
    expect(await metrics()).toContain('fiscalkit_webhooks_failing{merchant="542088"} 0');
    expect(await metrics()).toContain('fiscalkit_webhooks_disabled{merchant="542088",why="failing"} 1');
  });

  it('has a private address is not connected to unless that is allowed', async () => {
    const url = receiver.url.replace('127.0.0.1', 'localhost');
    await open([{ url: url.replace('localhost', '127.0.0.1.nip.example'), secret: { env: 'FIRST_SECRET' } }]);
    await sell(1);
    await expect
      .poll(async () => (await admin(`/${shop.id}/default/deliveries`)).body.data[0])
      .toMatchObject({ outcome: 'failed', status: null });
    expect(receiver.received).toEqual([]);
  });
});

describe('an endpoint that waits for events', () => {
  it('is sent old ones again at once, and not when its wait is over', async () => {
    await open();
    const before = new Date().toISOString();
    const id = await sell(1);
    await expect.poll(() => typesOf(id)).toEqual(both);
    // By now it waits for the next event.
    await delay(300);
    receiver.received.length = 0;
    expect((await admin(`/${shop.id}/default/send-again`, { from: before })).status).toBe(202);
    await expect.poll(() => typesOf(id), { timeout: 5_000 }).toEqual(both);
  });
});

describe('an endpoint that another process takes over', () => {
  it('is no longer counted here among those that are disabled', async () => {
    const ledger = join(folder, 'ledger.sqlite');
    await open(undefined, { FISCALKIT_LEDGER_URL: `sqlite:${ledger}` });
    receiver.answer = (response) => response.writeHead(410).end();
    await sell(1);
    const counted = async () => {
      const { body } = await harness.send('/metrics');
      return /fiscalkit_webhooks_disabled\{merchant="542088",why="gone"\} (\d)/.exec(body)?.[1];
    };
    await expect.poll(counted).toBe('1');
    const database = new DatabaseSync(ledger);
    database
      .prepare('UPDATE event_readers SET fence = fence + 1, worker = ?, lease_until = ?')
      .run('another', Date.now() + 60_000);
    database.close();
    await expect.poll(counted, { timeout: 8_000 }).toBe('0');
  });
});

describe('what is not delivered when the gateway stops', () => {
  it('is no failure of the endpoint for as long as no gateway runs', async () => {
    const environment = {
      FISCALKIT_LEDGER_URL: `sqlite:${join(folder, 'ledger.sqlite')}`,
      FISCALKIT_WEBHOOK_DISABLE_AFTER_MS: '2500',
    };
    await open(undefined, environment);
    receiver.answer = (response) => response.writeHead(503).end();
    const id = await sell(1);
    await expect.poll(() => receiver.received.length).toBeGreaterThan(0);
    await harness.close();
    await delay(2_600);
    receiver.received.length = 0;
    await open(undefined, environment);
    await expect.poll(() => receiver.received.length).toBeGreaterThan(1);
    expect((await admin('')).body.data[0]).toMatchObject({ state: 'failing' });
    receiver.answer = (response) => response.writeHead(204).end();
    await expect.poll(() => typesOf(id).slice(-2)).toEqual(both);
  });

  it('is delivered after the next start', async () => {
    const ledger = { FISCALKIT_LEDGER_URL: `sqlite:${join(folder, 'ledger.sqlite')}` };
    await open(undefined, ledger);
    receiver.answer = (response) => response.writeHead(503).end();
    const id = await sell(1);
    await expect.poll(() => receiver.received.length).toBeGreaterThan(0);
    await harness.close();
    receiver.received.length = 0;
    receiver.answer = (response) => response.writeHead(204).end();
    await open(undefined, ledger);
    await expect.poll(() => typesOf(id)).toEqual(both);
    const other = await sell(2);
    await expect.poll(() => typesOf(other)).toEqual(both);
    expect(typesOf(id)).toEqual(both);
  });
});

describe('the routes for administrators', () => {
  it('refuse strangers, unknown endpoints and bodies that say nothing', async () => {
    await open();
    expect((await harness.send('/admin/webhooks')).status).toBe(401);
    expect(await admin(`/${shop.id}/other/deliveries`)).toMatchObject({
      status: 404,
      body: { error: { code: 'webhook.not-found' } },
    });
    expect((await admin(`/${shop.id}/default/send-again`, {})).status).toBe(422);
    expect((await admin(`/${shop.id}/default/send-again`, { from: 'yesterday' })).status).toBe(422);
    expect(JSON.stringify((await admin('')).body)).not.toMatch(/whsec_|shop=1/);
  });
});
