import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { signDetached } from '@fiscalkit/client/jws';
import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hashKey } from '../auth/api-keys.js';
import { type Harness, openHarness, shop } from '../gateway.fixture.js';
import { sale } from '../receipt.fixture.js';
import { openReceiver, type Receiver } from './receiver.fixture.js';

const adminKey = 'fiscalkit_an-administrators-key-for-tests';
const environment = {
  FISCALKIT_WEBHOOK_KEY: 'canary-key-of-webhooks-for-tests-of-the-gateway',
  FISCALKIT_OWN_WEBHOOKS_ALLOW_PRIVATE: '1',
  FISCALKIT_WEBHOOK_RETRY_MS: '20',
  FISCALKIT_WEBHOOK_MOST_RETRY_MS: '200',
  FISCALKIT_WEBHOOK_ATTEMPT_MS: '400',
  FISCALKIT_ADMIN_KEY_HASH: hashKey(adminKey),
};
const ownSecret = `whsec_${Buffer.from('canary secret of the merchant'.padEnd(32)).toString('base64')}`;
const otherSecret = `whsec_${Buffer.from('canary other secret'.padEnd(32)).toString('base64')}`;
const both = ['receipt.accepted', 'receipt.registered'];

let receiver: Receiver;
let harness: Harness;

beforeEach(async () => {
  receiver = await openReceiver();
});

afterEach(async () => {
  await harness.close();
  await receiver.close();
});

async function open(given: Record<string, string> = {}): Promise<void> {
  harness = await openHarness({ ...environment, ...given });
}

function call(method: 'GET' | 'PUT' | 'DELETE', name = '', document?: object) {
  const path = `/v5/webhooks${name && `/${name}`}`;
  return harness.signed({ method, path, ...(document && { body: JSON.stringify(document) }) });
}

async function sell(payment: number): Promise<string> {
  const body = JSON.stringify(sale({ payment_id: payment }));
  const answer = await harness.signed({ method: 'POST', path: '/v5/receipts?wait=5000', body });
  expect(answer.body.data.status).toBe('registered');
  return answer.body.data.receipt_id;
}

const typesOf = (id: string) =>
  receiver.received.filter(({ body }) => body.data.receipt_id === id).map(({ body }) => body.type);

function isVerifiedWith(secret: string): boolean {
  const last = receiver.received.at(-1);
  try {
    new Webhook(secret).verify(last?.text ?? '', last?.headers ?? {});
    return true;
  } catch {
    return false;
  }
}

describe('an endpoint of a merchant', () => {
  it('is made with a secret that is shown once, and sent what happens from then on', async () => {
    await open();
    const before = await sell(1);
    const { status, body } = await call('PUT', 'shop', { url: receiver.url });
    expect([status, body.data]).toMatchObject([
      200,
      { name: 'shop', source: 'merchant', url: receiver.url, payload: 'thin', state: 'starting' },
    ]);
    const { secret } = body.data;
    const id = await sell(2);
    await expect.poll(() => typesOf(id), { timeout: 5_000 }).toEqual(both);
    expect(typesOf(before)).toEqual([]);
    expect(isVerifiedWith(secret)).toBe(true);
    const again = await call('PUT', 'shop', { url: receiver.url });
    expect(again.body.data).toMatchObject({ secret: null, state: 'active' });
    const shown = [again, await call('GET'), await call('GET', 'shop')].map((each) =>
      JSON.stringify(each.body),
    );
    expect(shown.join()).not.toContain('whsec_');
    expect(shown.join()).toContain(receiver.url);
    expect(harness.logLines.join()).not.toMatch(/whsec_|\/hook|shop=1/);
  });

  it('begins at the time that it names', async () => {
    await open();
    const from = new Date().toISOString();
    const id = await sell(1);
    await call('PUT', 'shop', { url: receiver.url, from });
    await expect.poll(() => typesOf(id), { timeout: 5_000 }).toEqual(both);
  });

  it('is signed with two secrets while one is changed, and keeps its place', async () => {
    await open();
    await call('PUT', 'shop', { url: receiver.url, secret: ownSecret });
    await expect.poll(() => sell(1).then((id) => typesOf(id)), { timeout: 5_000 }).toEqual(both);
    const { body } = await call('PUT', 'shop', { url: receiver.url, secret: otherSecret });
    expect(body.data).toMatchObject({ secret: null, old_secret_until: expect.stringMatching(/^\d{4}-/) });
    await delay(200);
    receiver.received.length = 0;
    const id = await sell(2);
    await expect.poll(() => typesOf(id), { timeout: 5_000 }).toEqual(both);
    expect([isVerifiedWith(ownSecret), isVerifiedWith(otherSecret)]).toEqual([true, true]);
    const repeated = await call('PUT', 'shop', { url: receiver.url, secret: otherSecret });
    expect(repeated.body.data.old_secret_until).toBe(body.data.old_secret_until);
    await call('PUT', 'shop', { url: receiver.url, secret: ownSecret, old_secret_hours: 0 });
    await delay(200);
    const last = await sell(3);
    await expect.poll(() => typesOf(last), { timeout: 5_000 }).toEqual(both);
    expect([isVerifiedWith(ownSecret), isVerifiedWith(otherSecret)]).toEqual([true, false]);
  });

  it('is sent nothing more once it is deleted, and is a new one when it is put again', async () => {
    await open();
    await call('PUT', 'shop', { url: receiver.url });
    const first = await sell(1);
    await expect.poll(() => typesOf(first), { timeout: 5_000 }).toEqual(both);
    receiver.answer = (response) => response.writeHead(500).end();
    await sell(2);
    expect((await call('DELETE', 'shop')).body).toEqual({ data: { name: 'shop', deleted: true } });
    expect((await call('DELETE', 'shop')).status).toBe(404);
    expect((await call('GET')).body.data).toEqual([]);
    await delay(500);
    receiver.received.length = 0;
    receiver.answer = (response) => response.writeHead(204).end();
    await sell(3);
    await call('PUT', 'shop', { url: receiver.url });
    const id = await sell(4);
    await expect.poll(() => typesOf(id), { timeout: 5_000 }).toEqual(both);
    expect(receiver.received).toHaveLength(2);
  });

  it('is one of ten at most, with those of the configuration, also when they are put at the same moment', async () => {
    await open({
      FISCALKIT_WEBHOOK_URL: receiver.url,
      FISCALKIT_WEBHOOK_SECRET: ownSecret,
    });
    const names = Array.from({ length: 12 }, (_, index) => `n${index}`);
    const answers = await Promise.all(names.map((name) => call('PUT', name, { url: receiver.url })));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(9);
    expect(answers.find(({ status }) => status !== 200)).toMatchObject({
      status: 409,
      body: { error: { code: 'webhook.too-many' } },
    });
    expect((await call('GET')).body.data).toHaveLength(10);
    for (const method of ['PUT', 'DELETE'] as const) {
      expect(await call(method, 'default', { url: receiver.url })).toMatchObject({
        status: 409,
        body: { error: { code: 'webhook.configured' } },
      });
    }
  });

  it('is listed for administrators, who send its events again', async () => {
    await open();
    const before = new Date().toISOString();
    await call('PUT', 'shop', { url: receiver.url });
    const id = await sell(1);
    await expect.poll(() => typesOf(id), { timeout: 5_000 }).toEqual(both);
    const headers = { Authorization: `Bearer ${adminKey}`, 'Content-Type': 'application/json' };
    const listed = await harness.send('/admin/webhooks', { headers });
    expect(listed.body.data).toMatchObject([{ merchant: shop.id, name: 'shop', state: 'active' }]);
    expect(JSON.stringify(listed.body)).not.toContain('/hook');
    receiver.received.length = 0;
    await harness.send(`/admin/webhooks/${shop.id}/shop/send-again`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ from: before }),
    });
    await expect.poll(() => typesOf(id), { timeout: 5_000 }).toEqual(both);
  });
});

describe('what a merchant may not set', () => {
  it.each([
    ['no address', {}, '$.url'],
    ['an address with a password', { url: 'https://a:canary@shop.example.com' }, '$.url'],
    ['another protocol', { url: 'ftp://shop.example.com' }, '$.url'],
    ['an address of this machine', { url: 'http://127.0.0.1:5432' }, '$.url'],
    ['the same by name', { url: 'http://localhost:5432' }, '$.url'],
    ['one of a private network', { url: 'https://10.0.0.1/' }, '$.url'],
    ['one of metadata', { url: 'http://169.254.169.254/' }, '$.url'],
    ['one of metadata in one number', { url: 'http://2852039166/' }, '$.url'],
    ['a weak secret', { url: 'https://shop.example.com', secret: 'whsec_Y2FuYXJ5' }, '$.secret'],
    ['an unknown type', { url: 'https://shop.example.com', types: ['receipt.lost'] }, '$.types[0]'],
    ['no type', { url: 'https://shop.example.com', types: [] }, '$.types'],
    ['a long overlap', { url: 'https://shop.example.com', old_secret_hours: 1000 }, '$.old_secret_hours'],
    ['a time without a zone', { url: 'https://shop.example.com', from: '2026-03-31' }, '$.from'],
    ['what there is not', { url: 'https://shop.example.com', name: 'x' }, '$.name'],
  ])('is %s', async (_, document, path) => {
    await open({ FISCALKIT_OWN_WEBHOOKS_ALLOW_PRIVATE: '0' });
    const { status, body } = await call('PUT', 'shop', document);
    expect([status, body.error.code, body.error.faults[0].path]).toEqual([422, 'webhook.invalid', path]);
    expect(JSON.stringify(body)).not.toMatch(/canary|Y2FuYXJ5/);
    expect((await call('GET')).body.data).toEqual([]);
  });

  it('is a name of another form, or of nothing', async () => {
    await open();
    expect(await call('PUT', 'a.b', { url: receiver.url })).toMatchObject({
      status: 400,
      body: { error: { code: 'webhook.name.format' } },
    });
    expect((await call('GET', 'other')).body.error.code).toBe('webhook.not-found');
  });

  it('is anything where the operator has given no key, whose setting is named', async () => {
    harness = await openHarness();
    for (const [method, name] of [
      ['GET', ''],
      ['GET', 'a'],
      ['PUT', 'a'],
      ['DELETE', 'a'],
    ] as const) {
      const { status, body } = await call(method, name, method === 'PUT' ? { url: receiver.url } : undefined);
      expect([status, body.error.code]).toEqual([404, 'webhooks.off']);
      expect(body.error.message).toContain('FISCALKIT_WEBHOOK_KEY');
    }
  });

  it("is another merchant's", async () => {
    await open();
    await call('PUT', 'shop', { url: receiver.url });
    const forged = await harness.signed({ path: '/v5/webhooks', secretKey: 'a-wrong-key' });
    expect(forged.status).toBe(401);
  });
});

describe('in the ledger', () => {
  const file = () => join(mkdtempSync(join(tmpdir(), 'fiscalkit-own-endpoints-')), 'ledger.sqlite');

  it('there is neither a secret nor an address, and they outlast the process', async () => {
    const path = file();
    await open({ FISCALKIT_LEDGER_URL: `sqlite:${path}` });
    const { body } = await call('PUT', 'shop', { url: `${receiver.url}&canary=1` });
    const id = await sell(1);
    await expect.poll(() => typesOf(id), { timeout: 5_000 }).toEqual(both);
    await harness.close();
    const bytes = readFileSync(path).toString('latin1');
    expect(bytes).not.toMatch(/whsec_|canary/);
    expect(bytes).not.toContain(body.data.secret.slice(6));
    await open({ FISCALKIT_LEDGER_URL: `sqlite:${path}` });
    const next = await sell(2);
    await expect.poll(() => typesOf(next), { timeout: 5_000 }).toEqual(both);
    expect(isVerifiedWith(body.data.secret)).toBe(true);
  });

  it('they are read with the former key, and written with the new one', async () => {
    const ledger = { FISCALKIT_LEDGER_URL: `sqlite:${file()}` };
    await open(ledger);
    await call('PUT', 'shop', { url: receiver.url });
    await harness.close();
    const newKey = 'another-key-of-webhooks-of-thirty-two-characters';
    const former = environment.FISCALKIT_WEBHOOK_KEY;
    await open({ ...ledger, FISCALKIT_WEBHOOK_KEY: newKey, FISCALKIT_FORMER_WEBHOOK_KEY: former });
    await call('PUT', 'other', { url: receiver.url });
    await harness.close();
    await open({ ...ledger, FISCALKIT_WEBHOOK_KEY: newKey });
    expect((await call('GET')).body.data).toHaveLength(2);
    await harness.close();
    await open(ledger);
    expect(await call('GET')).toMatchObject({ status: 503, body: { error: { code: 'webhooks.key' } } });
    await expect.poll(() => harness.logLines.join()).toContain('webhook.unread');
    await sell(1);
    await delay(300);
    expect(receiver.received).toEqual([]);
  });
});

it('is set as the guide says', async () => {
  await open();
  const guide = readFileSync(new URL('../../../../docs/guides/webhooks.md', import.meta.url), 'utf8');
  const [, source = ''] = /<!-- example: set -->\n\n```ts\n([\s\S]*?)```/.exec(guide) ?? [];
  const program = source.replaceAll(/^import .*$/gm, '');
  const names = ['signDetached', 'merchantId', 'secretKey', 'gateway', 'keepSecret'];
  const kept: string[] = [];
  const run = new Function(...names, `return (async () => { ${program} })();`);
  await run(signDetached, shop.id, shop.secretKey, harness.gateway.url, (secret: string) =>
    kept.push(secret),
  );
  expect(kept).toEqual([expect.stringMatching(/^whsec_[\w+/]{43}=$/)]);
  expect((await call('GET', 'shop')).body.data.types).toEqual(['receipt.registered', 'receipt.rejected']);
});
