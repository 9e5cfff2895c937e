import { createServer } from 'node:net';
import type { FaultRuleInput } from '@fiscalkit/sandbox';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Harness, openHarness } from '../gateway.fixture.js';
import { sale } from '../receipt.fixture.js';

let harness: Harness | null = null;
afterEach(async () => {
  await harness?.close();
  harness = null;
});

const key = 'a-key-of-callbacks-that-is-long-enough';

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Opens a gateway that ATOL can call back; it asks for nothing by itself within a test. */
async function open(given: Record<string, string> = {}): Promise<Harness> {
  const port = String(await freePort());
  harness = await openHarness(
    (url) => ({
      PORT: port,
      FISCALKIT_PUBLIC_URL: `http://127.0.0.1:${port}`,
      FISCALKIT_CALLBACK_KEY: key,
      FISCALKIT_PROVIDER: 'atol',
      FISCALKIT_ATOL_VERSION: 'v5',
      FISCALKIT_ATOL_GROUP_CODE: 'v5-online-atol-ru_5179',
      FISCALKIT_ATOL_LOGIN: 'v5-online-atol-ru',
      FISCALKIT_ATOL_PASSWORD: 'sandbox',
      FISCALKIT_ATOL_POLL_MS: '600000',
      FISCALKIT_ATOL_URL: `${url}/possystem`,
      ...given,
    }),
    { registrationDelayMs: 60 },
  );
  return harness;
}

const receipt = sale({ receipt_format: 'ru_1_2', payment_id: 1 });

async function create({ signed }: Harness, waitMs = 0) {
  const { body } = await signed({
    method: 'POST',
    path: `/v5/receipts?wait=${waitMs}`,
    body: JSON.stringify(receipt),
  });
  return body.data;
}

/** Watches what the sandbox is told to call; returns the path of the last address. */
function watchAddresses(): () => string {
  const addresses: string[] = [];
  const { fetch } = globalThis;
  vi.spyOn(globalThis, 'fetch').mockImplementation((input, init) => {
    addresses.push(new URL(String(input)).pathname);
    return fetch(input, init);
  });
  return () => addresses.at(-1) ?? '';
}
afterEach(() => vi.restoreAllMocks());

describe('a document of ATOL', () => {
  it('is registered as soon as ATOL calls back', async () => {
    const opened = await open();
    expect(await create(opened, 10_000)).toMatchObject({ status: 'registered', fiscal_document_number: '1' });
    const { atolCallbacks, requests } = opened.sandbox.journal();
    expect(atolCallbacks).toMatchObject([{ status: 'done', answered: 200 }]);
    expect(requests['atol.report']).toBe(1);
  });

  it.each<[string, FaultRuleInput['fault']]>([
    ['twice', { kind: 'callback', manner: 'twice' }],
    ['late', { kind: 'callback', manner: 'late', byMs: 200 }],
    ['with a forged one beside it', { kind: 'callback', manner: 'forged' }],
  ])('is registered once although ATOL calls %s', async (_, fault) => {
    const opened = await open();
    opened.sandbox.faults.add({ endpoint: 'atol.register', fault });
    expect(await create(opened, 10_000)).toMatchObject({ status: 'registered' });
    const { atol, requests } = opened.sandbox.journal();
    expect(atol).toHaveLength(1);
    expect([requests['atol.register'], requests['atol.report']]).toEqual([1, 1]);
  });

  it('is asked for again when the interval is over, where a callback came too early', async () => {
    const opened = await open();
    opened.sandbox.faults.add({ endpoint: 'atol.register', fault: { kind: 'callback', manner: 'early' } });
    expect(await create(opened, 15_000)).toMatchObject({ status: 'registered' });
    expect(opened.sandbox.journal().requests['atol.report']).toBeLessThanOrEqual(2);
  });

  it('is not asked for because of a callback of another document, or with a wrong token', async () => {
    const opened = await open();
    opened.sandbox.faults.add([
      { endpoint: 'atol.register', fault: { kind: 'callback', manner: 'of-another' } },
      { endpoint: 'atol.register', fault: { kind: 'callback', manner: 'forged' } },
    ]);
    await create(opened);
    await vi.waitUntil(() => opened.sandbox.journal().atolCallbacks.length === 2);
    const answers = opened.sandbox.journal().atolCallbacks.map(({ answered }) => answered);
    expect(answers.toSorted()).toEqual([200, 404]);
    expect(opened.sandbox.journal().requests['atol.report']).toBe(0);
  });

  it('is not registered by what a callback says', async () => {
    const pathOf = watchAddresses();
    const opened = await open();
    opened.sandbox.faults.add([
      { endpoint: 'atol.register', fault: { kind: 'stay-pending' } },
      { endpoint: 'atol.register', fault: { kind: 'callback', manner: 'early' } },
    ]);
    const { receipt_id } = await create(opened);
    await vi.waitUntil(() => pathOf() !== '');
    await vi.waitUntil(() => opened.sandbox.journal().atolCallbacks.length > 0);
    const body = JSON.stringify({
      uuid: 'x',
      status: 'done',
      external_id: receipt_id,
      payload: { total: 200 },
    });
    for (let time = 0; time < 5; time += 1) {
      const { status } = await opened.send(pathOf(), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
      expect(status).toBe(200);
    }
    const { body: answer } = await opened.signed({ path: `/v5/receipts/${receipt_id}` });
    expect(answer.data.status).toBe('pending');
    await vi.waitUntil(() => opened.sandbox.journal().requests['atol.report'] > 0);
    expect(opened.sandbox.journal().requests['atol.report']).toBe(1);
  });
});

describe('the route of callbacks', () => {
  async function openWithPath() {
    const pathOf = watchAddresses();
    const opened = await open();
    const { receipt_id } = await create(opened, 10_000);
    return { opened, path: pathOf(), receipt_id };
  }

  it.each<[string, string, string]>([
    ['a known document', 'application/json', '{"uuid":"1","external_id":"KNOWN"}'],
    ['an unknown one', 'application/json', '{"uuid":"1","external_id":"another"}'],
    ['nothing', 'application/json', ''],
    ['what is no JSON', 'application/json', '{'],
    ['a text', 'text/plain', 'done'],
    ['a form', 'application/x-www-form-urlencoded', 'a=b'],
  ])('answers the same to %s', async (_, type, text) => {
    const { opened, path, receipt_id } = await openWithPath();
    const { status, body } = await opened.send(path, {
      method: 'POST',
      headers: { 'content-type': type },
      body: text.replace('KNOWN', receipt_id),
    });
    expect([status, body]).toEqual([200, {}]);
  });

  it.each(['application/json', 'text/plain'])('reads no large body of %s', async (type) => {
    const { opened, path } = await openWithPath();
    const { status } = await opened.send(path, {
      method: 'POST',
      headers: { 'content-type': type },
      body: 'x'.repeat(70_000),
    });
    expect(status).toBe(413);
  });

  it('looks alike for a wrong token and an unknown account, and shows the token nowhere', async () => {
    const { opened, path } = await openWithPath();
    const [, , account, token = ''] = path.split('/');
    const wrong = [`/callbacks/${account}/${token.slice(0, -1)}`, `/callbacks/0000000000000000/${token}`];
    const answers = await Promise.all(wrong.map((each) => opened.send(each, { method: 'POST' })));
    const shown = answers.map(({ status, body }) => [status, { ...body.error, request_id: '' }]);
    expect(shown[0]).toEqual(shown[1]);
    expect(shown[0]).toMatchObject([404, { code: 'callback.unknown' }]);
    const others = [
      await opened.send(path),
      await opened.send(`${path}/more`, { method: 'POST' }),
      await opened.send(`${path}?a=b`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{}',
      }),
      await opened.send(`/callbacks/${account}/${token.repeat(20)}`, { method: 'POST' }),
      await opened.send('/metrics'),
    ];
    const seen = JSON.stringify([others, answers, opened.logLines]);
    expect(seen).toContain('/callbacks/:account/:token');
    expect(seen).not.toContain(token.slice(0, 16));
    expect(seen).not.toContain(key);
  });

  it('is limited like other guesses at secrets', async () => {
    const opened = await open({ FISCALKIT_MAX_FAILED_AUTHENTICATIONS: '3' });
    const guess = () => opened.send('/callbacks/0123456789abcdef/guess', { method: 'POST' });
    for (let time = 0; time < 3; time += 1) expect((await guess()).status).toBe(404);
    expect((await guess()).status).toBe(429);
  });

  it('is not there without a key', async () => {
    harness = await openHarness();
    const { status, body } = await harness.send('/callbacks/0123456789abcdef/guess', { method: 'POST' });
    expect([status, body.error.code]).toEqual([404, 'route.not-found']);
  });
});
