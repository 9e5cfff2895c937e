import { createHash, createHmac } from 'node:crypto';
import { Client } from 'undici';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Answer, call, type Deviation, pathOf } from './call.fixture.js';
import { Contract } from './contract.fixture.js';
import type { Operation } from './description.fixture.js';
import {
  callbackKey,
  configurationWithReader,
  type DemoGateway,
  readerKey,
  startDemoGateway,
} from './gateway.fixture.js';
import { callWithoutEnd } from './unfinished-call.fixture.js';

const readiness = 'readReadiness';
const someId = '3f1e9a52-5d5e-4d0b-9c0b-0c8f4a1f2b3c';
const interventions = [
  'lookUpEntry',
  'retryEntry',
  'parkEntry',
  'releaseEntry',
  'resolveEntry',
  'resubmitEntry',
  'moveEntry',
] as const;

let main: DemoGateway;
let contract: Contract;

beforeAll(async () => {
  main = await startDemoGateway();
  contract = new Contract((await (await fetch(`${main.url}/openapi.json`)).json()) as never);
});
afterAll(() => main[Symbol.asyncDispose]());

function operationOf(id: string): Operation {
  const operation = contract.operations.find((candidate) => candidate.id === id);
  if (!operation) throw new Error(`there is no operation ${id}`);
  return operation;
}

/** Calls an operation, and finds nothing in its answer that is not described. */
async function make(url: string, operation: Operation, deviation?: Deviation): Promise<Answer> {
  const answer = await call(url, operation, deviation);
  expect(contract.check(operation, answer)).toEqual([]);
  return answer;
}

/** Calls all operations that may give an answer, one after the other, but for those with the deviation `null`. */
async function makeAll(
  url: string,
  status: number,
  deviation: Deviation | ((operation: Operation) => Deviation | null) = {},
): Promise<void> {
  for (const operation of contract.operations) {
    if (!(status in operation.answers)) continue;
    const given = typeof deviation === 'function' ? deviation(operation) : deviation;
    if (given === null) continue;
    const answer = await make(url, operation, given);
    expect([operation.id, answer.status, answer.text]).toEqual([operation.id, status, expect.anything()]);
  }
}

const reads = ({ method }: Operation) => method === 'GET';
const isOfEndpoint = ({ id }: Operation) => ['listWebhookDeliveries', 'getEndpoint'].includes(id);
const isIntervention = ({ id }: Operation) => interventions.some((intervene) => intervene === id);
const isDerivation = ({ path }: Operation) => /\/(?:refund|close)$/.test(path);

/** The query that a reading operation can't do without. */
const queryOf = ({ id }: Operation) => (id === 'readDailyReport' ? { query: '?date=2026-01-01' } : {});

/** A list of payments of one day. */
function paymentsOf(body: string): Deviation {
  const query = '?merchant=542088&from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z';
  return { query, body, headers: { 'Content-Type': 'text/csv' } };
}

const prepayment = {
  receipt_format: 'ru_1_05',
  merchant_id: '542088',
  operation_type: 'sell',
  customer: { email: 'buyer@example.com' },
  positions: [
    {
      name: 'Tea',
      price: 100,
      quantity: 1,
      vat_code: 'vat_122',
      payment_method: 'full_prepayment',
      payment_object: 'payment',
    },
  ],
  settlements: [{ type: 'cashless', sum: 100 }],
};

/** Hands in a receipt, and answers its id. */
async function createdAt(url: string, query = '', document?: object): Promise<string> {
  const body = document && JSON.stringify(document);
  const { text } = await make(url, operationOf('createReceipt'), { query, ...(body && { body }) });
  return JSON.parse(text).data.receipt_id;
}

/** Gateways that take corrections; nothing is delivered, which acceptance does not wait for. */
async function startForCorrections() {
  const start = (version: 'v4' | 'v5') =>
    startDemoGateway({
      FISCALKIT_PROVIDER: 'atol',
      FISCALKIT_ATOL_VERSION: version,
      FISCALKIT_ATOL_GROUP_CODE: 'group',
      FISCALKIT_ATOL_LOGIN: 'login',
      FISCALKIT_ATOL_PASSWORD: 'password',
      FISCALKIT_ATOL_URL: 'http://127.0.0.1:1',
    });
  const [plain, marked] = await Promise.all([start('v4'), start('v5')]);
  return {
    gatewayOf: (body: unknown) => (Object(body).receipt_format === 'ru_1_05' ? plain : marked),
    [Symbol.asyncDispose]: async () => {
      await Promise.all([plain, marked].map((each) => each[Symbol.asyncDispose]()));
    },
  };
}

it('describes every route, and serves every one that it describes', () => {
  const described = contract.operations.map(({ method, path }) => `${method} ${path}`);
  const nameless = (route: string) => route.replaceAll(/:\w+|\{\w+\}/g, '*');
  expect([...main.routes].map(nameless).sort()).toEqual(described.map(nameless).sort());
});

it('takes every example of a body that it shows', async () => {
  await using corrections = await startForCorrections();
  for (const operation of contract.operations) {
    if (isIntervention(operation) || isDerivation(operation)) continue;
    for (const body of operation.bodies) {
      const { url } = operation.id === 'createCorrection' ? corrections.gatewayOf(body) : main;
      const { status, text } = await make(url, operation, { body: JSON.stringify(body) });
      const good = operation.id === 'sendWebhooksAgain' ? 202 : 200;
      expect([operation.id, status, text]).toEqual([operation.id, good, expect.anything()]);
      if (operation.scheme === 'apiKey') expect(JSON.parse(text).is_success).toBe(true);
    }
  }
});

it('reads, also with the headers alone, and says so when a file is still right', async () => {
  const pathValue = await createdAt(main.url, '?wait=5000');
  for (const operation of contract.operations.filter((each) => reads(each) && each.id !== 'getCorrection')) {
    const isOfEntry = operation.scheme !== null && !isOfEndpoint(operation);
    const ofEntry = isOfEntry ? { pathValue, ...queryOf(operation) } : {};
    const answer = await make(main.url, operation, ofEntry);
    expect([operation.id, answer.status]).toEqual([operation.id, 200]);
    if (!('304' in operation.answers)) continue;
    const headers = { 'If-None-Match': String(answer.headers.etag) };
    expect((await make(main.url, operation, { headers })).status).toBe(304);
    const head = await call(main.url, { ...operation, method: 'HEAD' });
    expect({ ...head.headers, date: '' }).toMatchObject({ etag: answer.headers.etag });
    expect([head.status, head.text]).toEqual([200, '']);
  }
});

it('searches, page by page, and refuses a cursor that is none', async () => {
  await createdAt(main.url);
  const search = operationOf('listStuckEntries');
  const query = '?state=registered,accepted,sending,pending,unknown,rejected&limit=1';
  const { status, text } = await make(main.url, search, { query });
  expect(status).toBe(200);
  expect(JSON.parse(text)).toHaveProperty('index.lag_ms');
  const damaged = await make(main.url, search, { query: `${query}&cursor=damaged` });
  expect([damaged.status, JSON.parse(damaged.text).error.code]).toEqual([400, 'search.cursor']);
});

it('reads a correction, and takes no other under its key', async () => {
  await using corrections = await startForCorrections();
  const operation = operationOf('createCorrection');
  const [body] = operation.bodies;
  const { url } = corrections.gatewayOf(body);
  const headers = { 'Idempotency-Key': 'correction' };
  const { text } = await make(url, operation, { headers, body: JSON.stringify(body) });
  const pathValue = JSON.parse(text).data.receipt_id;
  expect((await make(url, operationOf('getCorrection'), { pathValue })).status).toBe(200);
  const other = JSON.stringify({ ...Object(body), payment_id: 'other' });
  expect((await make(url, operation, { headers, body: other })).status).toBe(409);
});

it('lets administrators act, and tells them what is not possible', async () => {
  await using idle = await startDemoGateway({ FISCALKIT_ROLE: 'api' });
  const pathValue = await createdAt(idle.url);
  const intervene = async (id: string, outcome?: object) => {
    const body = JSON.stringify({ reason: 'Looked it up.', ...outcome });
    return (await make(idle.url, operationOf(id), { pathValue, body })).status;
  };
  const rejected = { outcome: { kind: 'rejected' } };
  expect(await intervene('settleAccount', { account: `542088@${idle.sandbox.url}`, action: 'reject' })).toBe(
    409,
  );
  expect(await intervene('resubmitEntry')).toBe(409);
  expect(await intervene('moveEntry', { account: 'another' })).toBe(409);
  expect(await intervene('lookUpEntry')).toBe(409);
  expect(await intervene('releaseEntry')).toBe(409);
  expect(await intervene('retryEntry')).toBe(200);
  expect(await intervene('parkEntry')).toBe(200);
  expect(await intervene('actOnMany', { act: 'resolve', filter: { all: true } })).toBe(409);
  expect(await intervene('actOnMany', { act: 'retry', filter: { all: true } })).toBe(200);
  expect(await intervene('releaseEntry')).toBe(200);
  expect(await intervene('parkEntry')).toBe(200);
  expect(await intervene('resolveEntry', rejected)).toBe(200);
  expect(await intervene('retryEntry')).toBe(409);
  expect(await intervene('parkEntry')).toBe(409);
  expect(await intervene('resolveEntry', rejected)).toBe(409);
  expect(await intervene('resubmitEntry')).toBe(200);
});

it('looks for a document that the provider has', async () => {
  await using waiting = await startDemoGateway();
  waiting.sandbox.faults.add({ endpoint: 'receipts.create', fault: { kind: 'stay-pending' } });
  const pathValue = await createdAt(waiting.url);
  const body = JSON.stringify({ reason: 'The provider is back.' });
  const findNow = () => make(waiting.url, operationOf('lookUpEntry'), { pathValue, body });
  await expect.poll(async () => (await findNow()).status, { timeout: 10_000 }).toBe(200);
});

it('moves a document to another account of its merchant, if that takes it', async () => {
  await using idle = await startDemoGateway({
    FISCALKIT_ROLE: 'api',
    FISCALKIT_PROVIDER: 'freedompay,atol',
    FISCALKIT_ATOL_VERSION: 'v4',
    FISCALKIT_ATOL_GROUP_CODE: 'group',
    FISCALKIT_ATOL_LOGIN: 'login',
    FISCALKIT_ATOL_PASSWORD: 'password',
    FISCALKIT_ATOL_URL: main.sandbox.url,
  });
  const pathValue = await createdAt(idle.url);
  const move = (account: string) => {
    const body = JSON.stringify({ reason: 'The register is broken.', account });
    return make(idle.url, operationOf('moveEntry'), { pathValue, body });
  };
  expect((await move(`:542088@${idle.sandbox.url}`)).status).toBe(422);
  const { status, text } = await move(`group@${main.sandbox.url}/v4`);
  expect([status, JSON.parse(text).data.provider]).toEqual([200, 'atol']);
});

it('takes callbacks of providers, with the token of their account', async () => {
  await using called = await startDemoGateway({
    FISCALKIT_PROVIDER: 'atol',
    FISCALKIT_ATOL_VERSION: 'v5',
    FISCALKIT_ATOL_GROUP_CODE: 'group',
    FISCALKIT_ATOL_LOGIN: 'login',
    FISCALKIT_ATOL_PASSWORD: 'password',
    FISCALKIT_ATOL_URL: main.sandbox.url,
  });
  const account = `atol group@${main.sandbox.url}/v5`;
  const pathExamples = {
    account: createHash('sha256').update(account).digest('hex').slice(0, 16),
    token: createHmac('sha256', callbackKey).update(`callback ${account}`).digest('base64url').slice(0, 32),
  };
  const operation = { ...operationOf('takeCallback'), pathExamples };
  expect((await make(called.url, operation, { body: '{"external_id":"1"}' })).status).toBe(200);
});

it('compares payments, which come as a table', async () => {
  const body = 'payment_id,amount,time\n1,5,2026-01-01T12:00:00Z\n2,x,2026-01-01T12:00:00Z';
  const { status, text } = await make(main.url, operationOf('reconcilePayments'), paymentsOf(body));
  expect([status, JSON.parse(text).data.counts['paid-without-receipt']]).toEqual([200, 1]);
});

it('makes refunds and closing receipts of receipts, and not more than that', async () => {
  for (const operation of contract.operations.filter(isDerivation)) {
    const document = { ...prepayment, payment_id: operation.id };
    const pathValue = await createdAt(main.url, '?wait=5000', document);
    const again = operation.path.endsWith('refund') ? { refund_id: '2' } : { delivery_id: '2' };
    const statuses: number[] = [];
    for (const body of [{}, again]) {
      const deviation = { pathValue, query: '?wait=5000', body: JSON.stringify(body) };
      statuses.push((await make(main.url, operation, deviation)).status);
    }
    expect([operation.id, statuses]).toEqual([operation.id, [200, 409]]);
  }
});

it('400: what can not be read', async () => {
  await makeAll(main.url, 400, (operation) =>
    reads(operation) || operation.id === 'deleteEndpoint'
      ? { query: '?limit=x', pathValue: 'x' }
      : { body: '{' },
  );
});

it('401: nobody that we know', async () => {
  await makeAll(main.url, 401, { anonymous: true });
});

it('403: another role, another merchant', async () => {
  await using gateway = await startDemoGateway({ FISCALKIT_CONFIG: configurationWithReader() });
  const headers = { Authorization: `Bearer ${readerKey}` };
  await makeAll(gateway.url, 403, (operation) =>
    reads(operation) ? { headers, query: '?merchant=700124' } : { headers },
  );
});

it('404: nothing of this name, nothing at this path', async () => {
  await using bare = await startDemoGateway({
    FISCALKIT_DOCS: '0',
    FISCALKIT_ADMIN_KEY: undefined,
    FISCALKIT_EVENTS_KEPT_DAYS: '0',
    FISCALKIT_WEBHOOK_URL: undefined,
    FISCALKIT_WEBHOOK_SECRET: undefined,
    FISCALKIT_WEBHOOK_ALLOW_PRIVATE: undefined,
    FISCALKIT_WEBHOOK_KEY: undefined,
  });
  for (const operation of contract.operations.filter(({ answers }) => '404' in answers)) {
    const isSwitchedOff = [
      'readReference',
      'readEvents',
      'listStuckEntries',
      'listEndpoints',
      'putEndpoint',
      'actOnMany',
      'settleAccount',
      'reconcilePayments',
    ].includes(operation.id);
    const answer = await make(isSwitchedOff ? bare.url : main.url, operation, { pathValue: someId });
    expect([operation.id, answer.status]).toEqual([operation.id, 404]);
  }
});

it('lets merchants set endpoints, but for those of the configuration', async () => {
  const statuses: number[] = [];
  for (const pathValue of ['mine', 'default']) {
    for (const id of ['putEndpoint', 'deleteEndpoint'])
      statuses.push((await make(main.url, operationOf(id), { pathValue })).status);
  }
  expect(statuses).toEqual([200, 200, 409, 409]);
});

it('409: other content under the same key', async () => {
  const ids = ['createReceipt', 'createReceiptV1'];
  for (const operation of contract.operations.filter(({ id }) => ids.includes(id))) {
    // The same was handed in without a key before.
    const headers = { 'Idempotency-Key': operation.id, 'Fiscalkit-Twin': 'meant' };
    const statuses: number[] = [];
    for (const body of operation.bodies.slice(0, 2)) {
      statuses.push((await make(main.url, operation, { headers, body: JSON.stringify(body) })).status);
    }
    expect(statuses).toEqual([200, 409]);
  }
});

it('409: the mark of another receipt, and 410: events that are no longer there', async () => {
  for (const operation of contract.operations.filter(({ path }) => path.endsWith('/receipts/registered'))) {
    await using fresh = await startDemoGateway();
    const [body] = operation.bodies;
    const { receipt, ...link } = Object(body);
    const other = { receipt: { ...receipt, payment_id: 'other' }, ...link };
    const statuses: number[] = [];
    for (const given of [body, other])
      statuses.push((await make(fresh.url, operation, { body: JSON.stringify(given) })).status);
    expect([operation.id, statuses]).toEqual([operation.id, [200, 409]]);
  }
  await createdAt(main.url);
  const { text } = await make(main.url, operationOf('readEvents'));
  await using empty = await startDemoGateway();
  const query = `?after=${JSON.parse(text).cursor}`;
  expect((await make(empty.url, operationOf('readEvents'), { query })).status).toBe(410);
});

it('413: too much', async () => {
  await using narrow = await startDemoGateway({ FISCALKIT_MAX_BODY_BYTES: '1024' });
  const body = JSON.stringify({ reason: 'x'.repeat(2000) });
  await makeAll(narrow.url, 413, { body });
});

it('414: too long a path', async () => {
  await makeAll(main.url, 414, { pathValue: 'x'.repeat(300) });
});

it('415: not JSON', async () => {
  await makeAll(main.url, 415, { headers: { 'Content-Type': 'text/plain' } });
});

it('422: a document with faults', async () => {
  await makeAll(main.url, 422, (operation) =>
    operation.id === 'reconcilePayments' ? paymentsOf('a,b') : { body: '{"positions":0}' },
  );
});

it('429: a wrong key too often, too many requests', async () => {
  await using strict = await startDemoGateway({ FISCALKIT_MAX_FAILED_AUTHENTICATIONS: '1' });
  await make(strict.url, operationOf('listReceipts'), { anonymous: true });
  await makeAll(strict.url, 429);
  await using slow = await startDemoGateway({ FISCALKIT_REQUESTS_PER_SECOND: '1' });
  const { url } = slow;
  const answers = await Promise.all([1, 2, 3].map(() => make(url, operationOf('listReceipts'))));
  expect(answers.map(({ status }) => status)).toContain(429);
});

it('431: too many headers', async () => {
  await makeAll(main.url, 431, { headers: { Padding: 'x'.repeat(20_000) } });
});

it('503: busy, while somebody else is served', async () => {
  await using full = await startDemoGateway({ FISCALKIT_MAX_CONCURRENT_REQUESTS: '1' });
  const { url, gateway } = full;
  const waiting = make(url, operationOf('readEvents'), { query: '?wait=20000' });
  await expect.poll(async () => (await call(url, operationOf('listReceipts'))).status).toBe(503);
  await makeAll(url, 503, ({ id }) => (id === readiness ? null : {}));
  await gateway.close();
  expect((await waiting).status).toBe(200);
});

it('503: not ready, over a connection that is open when it stops', async () => {
  await using leaving = await startDemoGateway();
  const client = new Client(leaving.url);
  await (await client.request({ path: '/health/live', method: 'GET' })).body.text();
  const closed = leaving.gateway.close();
  const { statusCode, headers, body } = await client.request({ path: '/health/ready', method: 'GET' });
  const answer = { status: statusCode, headers, text: await body.text() };
  expect([answer.status, contract.check(operationOf(readiness), answer)]).toEqual([503, []]);
  await closed;
});

it('anything else: what does not arrive in time', async () => {
  await using hasty = await startDemoGateway({ FISCALKIT_REQUEST_TIMEOUT_MS: '200' });
  const answers = contract.operations.map(async (operation) => {
    const answer = await callWithoutEnd(hasty.url, operation.method, pathOf(operation));
    expect([answer.status, contract.check(operation, answer)]).toEqual([408, []]);
  });
  await Promise.all(answers);
});

it('payments: failures in the envelope, with HTTP 200', async () => {
  const payments = contract.operations.filter(({ scheme }) => scheme === 'apiKey');
  const strange: Deviation[] = [
    { body: '{' },
    { body: '{}' },
    { anonymous: true },
    { query: '?wait=soon' },
    { headers: { 'Content-Type': 'text/plain' } },
    { body: JSON.stringify({ payment_id: 'x'.repeat(2_000_000) }) },
  ];
  for (const operation of payments) {
    for (const deviation of strange) {
      const { text } = await make(main.url, operation, deviation);
      expect(JSON.parse(text)).toMatchObject({ is_success: false });
    }
  }
});

it('every answer that is described has occurred', () => {
  expect(contract.unreached()).toEqual([]);
});
