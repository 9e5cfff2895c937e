import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createKey, hashKey } from '../auth/api-keys.js';
import { fileWith } from '../configuration/configuration.fixture.js';
import { type Answer, type Harness, openHarness, shop } from '../gateway.fixture.js';
import { confirmation, sale } from '../receipt.fixture.js';

const anna = createKey();
const reason = 'Looked it up.';
const buyer = 'canary@example.com';

let harness: Harness;

beforeEach(async () => {
  const administrators = [{ name: 'anna', keyHash: hashKey(anna) }];
  harness = await openHarness({ FISCALKIT_CONFIG: fileWith(JSON.stringify({ administrators })) });
});
afterEach(() => harness.close());

function admin(path: string, body?: unknown, key = anna): Promise<Answer> {
  return harness.send(`/admin/entries${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      Authorization: `Bearer ${key}`,
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
}

async function create(changes: Record<string, unknown> = {}, wait = 5_000): Promise<string> {
  const { body } = await harness.signed({
    method: 'POST',
    path: `/v5/receipts?wait=${wait}`,
    body: JSON.stringify(sale({ customer: { email: buyer }, ...changes })),
  });
  return body.data.receipt_id;
}

const createRejected = () => {
  harness.sandbox.faults.add({ endpoint: 'receipts.create', times: 1, fault: { kind: 'reject' } });
  return create();
};

/** Creates an entry that waits because the provider is out of reach. */
const createWaiting = () => {
  harness.sandbox.faults.add({ endpoint: '*', fault: { kind: 'drop-before' } });
  return create({ payment_id: 3 }, 0);
};

const stateOf = async (id: string) => (await admin(`/${id}`)).body.data?.state;

describe('who may administer', () => {
  it.each([
    ['nobody without a key', {}, 'access.key.missing'],
    ["nobody with a merchant's key", { Authorization: `Bearer ${shop.apiKey}` }, 'access.key.invalid'],
    ['nobody with a wrong key', { Authorization: `Bearer ${createKey()}` }, 'access.key.invalid'],
  ])('%s', async (_, headers, code) => {
    const { status, body } = await harness.send('/admin/entries', { headers });
    expect(status).toBe(401);
    expect(body.error.code).toBe(code);
  });

  it("an administrator, but not at a merchant's routes", async () => {
    expect((await admin('')).status).toBe(200);
    const { body } = await harness.send('/payment/anor_confirm', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${anna}` },
      body: '{}',
    });
    expect(body.error.data.code).toBe('access.key.invalid');
  });

  it('nobody where there are no administrators: the routes are not there', async () => {
    const without = await openHarness({
      FISCALKIT_DEMO: '0',
      FISCALKIT_MERCHANT_ID: '700123',
      FISCALKIT_MERCHANT_SECRET: 'a long secret',
    });
    const headers = { Authorization: `Bearer ${anna}` };
    for (const path of ['/admin/entries', '/admin/entries/42', '/admin']) {
      const { status, body } = await without.send(path, { headers });
      expect({ status, code: body.error.code }).toEqual({ status: 404, code: 'route.not-found' });
    }
    await without.close();
  });

  it('an administrator of a worker', async () => {
    const worker = await openHarness({ FISCALKIT_ROLE: 'worker' });
    const headers = { Authorization: 'Bearer demo-admin-key' };
    expect((await worker.send('/admin/entries', { headers })).body).toEqual({ data: [] });
    await worker.close();
  });
});

it.each(['/42?x=1', '/42/retry?x=1', '/42/resubmit?x=1'])('%s takes no query parameters', async (path) => {
  const { status, body } = await admin(path, path.startsWith('/42?') ? undefined : { reason });
  expect([status, body.error.code]).toEqual([400, 'query.unknown']);
});

it('an entry that was made from another names that', async () => {
  const id = await create();
  harness.sandbox.faults.add({ endpoint: 'receipts.create', times: 1, fault: { kind: 'reject' } });
  const path = `/v5/receipts/${id}/refund?wait=5000`;
  const { body } = await harness.signed({ method: 'POST', path });
  expect(body.data.status).toBe('rejected');
  const origin = { receipt_id: id, relation: 'refund' };
  const refund = await admin(`/${body.data.receipt_id}`);
  expect(refund.body.data).toMatchObject({ operation_type: 'sell_refund', origin });
  expect((await admin('')).body.data).toMatchObject([{ id: body.data.receipt_id, origin }]);
  expect((await admin(`/${id}`)).body.data).not.toHaveProperty('origin');
});

describe("the provider's own words of a refusal", () => {
  const message =
    'смена превысила 24 часа; покупатель canary@example.com, +7 (900) 123-45-67, ИНН 5544332219';
  const shown = 'смена превысила 24 часа; покупатель *** ***, ИНН ***';

  it('are told to the shop and to administrators, masked, and to no log', async () => {
    const reject = { kind: 'reject', code: '4', message } as const;
    harness.sandbox.faults.add({ endpoint: 'receipts.create', times: 1, fault: reject });
    const id = await create();
    const { body } = await harness.signed({ path: `/v5/receipts/${id}` });
    expect(body.data).toMatchObject({
      status: 'rejected',
      error: { code: 'provider.rejected', provider_code: '4', provider_message: shown },
    });
    expect((await harness.signed({})).body.data[0].error).toEqual(body.data.error);
    for (const path of ['', `/${id}`]) {
      const { data } = (await admin(path)).body;
      expect([data].flat()[0].reason).toMatchObject({ provider_code: '4', provider_message: shown });
    }
    const { body: metrics } = await harness.send('/metrics');
    expect(harness.logLines.join('') + metrics).not.toMatch(/смена|покупатель|canary|123-45-67|5544332219/);
  });

  it('are told of a confirmation, too', async () => {
    const reject = { kind: 'reject', code: '403', message } as const;
    harness.sandbox.faults.add({ endpoint: 'payments.anor_confirm', times: 1, fault: reject });
    const { body } = await harness.confirm(confirmation());
    expect(body.error).toMatchObject({ code: 403, data: { provider_code: '403', provider_message: shown } });
  });
});

describe('the list of what is stuck', () => {
  it('shows what waits for a person, and nothing of the buyer', async () => {
    const id = await createRejected();
    await create({ payment_id: 2 });
    const { body } = await admin('');
    expect(body.data).toEqual([
      {
        id,
        merchant: shop.id,
        provider: 'freedompay',
        operation: 'receipt',
        operation_type: 'sell',
        payment_id: '764239789',
        total: 200,
        state: 'rejected',
        accepted_at: expect.stringMatching(/Z$/),
        changed_at: expect.any(String),
        due_at: null,
        attempts: 1,
        first_attempt_at: expect.any(String),
        last_attempt_at: expect.any(String),
        reference: expect.any(String),
        provider_document_id: expect.toBeOneOf([null, expect.any(String)]),
        reason: expect.objectContaining({ code: expect.stringMatching(/^provider\./) }),
        ...{ acts: expect.any(Array) },
      },
    ]);
    expect(JSON.stringify([body, (await admin(`/${id}`)).body])).not.toContain(buyer);
  });

  it('shows at once what is held, which a person lets go', async () => {
    await createRejected();
    const held = await create({ operation_type: 'sell_refund' }, 0);
    const { body } = await admin('?state=accepted');
    expect(body.data).toMatchObject([{ id: held, due_at: null, reason: { code: 'sale.rejected' } }]);
    expect((await harness.send('/metrics')).body).toContain('\nfiscalkit_held 1\n');
    expect((await harness.send('/health/ready')).body).toMatchObject({ status: 'ok', waiting: { held: 1 } });
    await expect
      .poll(() => harness.logLines.filter((line) => line.includes('entry.held')), { timeout: 10_000 })
      .toHaveLength(1);
    expect((await admin(`/${held}/retry`, { reason })).body.data).toMatchObject({
      state: 'accepted',
      reason: null,
    });
    await expect.poll(() => stateOf(held), { timeout: 10_000 }).toBe('registered');
  });

  it('can be asked for states, merchants and ages', async () => {
    const id = await createRejected();
    const ids = async (query: string) =>
      (await admin(query)).body.data.map((entry: { id: string }) => entry.id);
    expect(await ids('?state=parked,rejected')).toEqual([id]);
    expect(await ids('?state=parked')).toEqual([]);
    expect(await ids(`?merchant=${shop.id}&limit=1`)).toEqual([id]);
    expect(await ids('?merchant=nobody')).toEqual([]);
    expect(await ids('?offset=1')).toEqual([]);
    const waiting = await createWaiting();
    expect(await ids('?older_than_ms=0')).toEqual([id, waiting]);
  });

  it.each([
    ['?state=broken', 'state'],
    ['?limit=1001', 'limit'],
    ['?limit=0', 'limit'],
    ['?limit=ten', 'limit'],
    ['?limit=', 'limit'],
    ['?older_than_ms=-1', 'older_than_ms'],
    ['?colour=red', 'colour'],
    ['?offset=1&offset=2', 'offset'],
    ['?payment_id=1', 'payment_id'],
  ])('refuses %s', async (query, path) => {
    const { status, body } = await admin(query);
    expect(status).toBe(400);
    expect(body.error).toMatchObject({ code: 'query.invalid', faults: [expect.objectContaining({ path })] });
    expect(body.error.faults[0].message).not.toMatch(/document|JSON|text|format/);
    if (path === 'limit')
      expect(body.error.faults[0].message).toBe('limit is a whole number between 1 and 1000.');
    if (path === 'payment_id') expect(body.error.faults[0].message).toMatch(/query parameter.*older_than_ms/);
  });
});

describe('an entry', () => {
  it('is shown with its journal and what its provider guarantees', async () => {
    const id = await create();
    const { body } = await admin(`/${id.toUpperCase()}`);
    expect(body.data).toMatchObject({ id, state: 'registered', unknown_outcome: { plan: 'find' } });
    expect(
      body.data.journal.map(({ version, to }: { version: number; to: string }) => [version, to]),
    ).toEqual(
      body.data.journal.map((_: unknown, index: number) => [
        index + 1,
        ['accepted', 'sending'][index] ?? expect.stringMatching(/^(?:pending|registered)$/),
      ]),
    );
    expect(body.data.journal[1].details).toMatchObject({ attempt: 1 });
  });

  it.each(['42', '00000000-0000-4000-8000-000000000000'])('is not there: %s', async (id) => {
    for (const answer of [await admin(`/${id}`), await admin(`/${id}/park`, { reason })]) {
      expect(answer.status).toBe(404);
      expect(answer.body.error.code).toBe('entry.not-found');
    }
  });
});

describe('acts', () => {
  it('park, retry: stops an entry, and lets it go on', async () => {
    const id = await createWaiting();
    await expect.poll(async () => (await admin(`/${id}/park`, { reason })).body.data?.state).toBe('parked');
    harness.sandbox.faults.clear();
    expect((await admin('?state=parked')).body.data).toMatchObject([{ id, due_at: null }]);
    const retried = await admin(`/${id}/retry`, { reason });
    expect(retried.status).toBe(200);
    await expect.poll(() => stateOf(id), { timeout: 20_000 }).toBe('registered');
    expect(harness.sandbox.journal().receipts).toHaveLength(1);
    const { journal } = (await admin(`/${id}`)).body.data;
    const interventions = journal.filter(({ details }: { details: { action?: string } }) => details.action);
    expect(interventions.map(({ details }: { details: unknown }) => details)).toMatchObject([
      { action: 'park', by: 'anna', reason },
      { action: 'retry', by: 'anna', reason },
    ]);
    const line = harness.logLines.find((text) => text.includes('entry.intervened'));
    expect(JSON.parse(line ?? '{}')).toMatchObject({
      action: 'park',
      by: 'anna',
      receipt_id: id,
      to: 'parked',
    });
    expect(harness.logLines.join('')).not.toContain(reason);
    expect((await harness.send('/metrics')).body).toContain('fiscalkit_interventions_total{action="park"} 1');
  });

  it('resolve: writes the outcome that a person found', async () => {
    const id = await createWaiting();
    const link = 'https://lk.platformaofd.ru/web/noauth/cheque?fn=9999078900006286&fp=1867101308';
    const outcome = { kind: 'registered', provider_document_id: '4711', link };
    await expect
      .poll(async () => (await admin(`/${id}/resolve`, { reason, outcome })).body.data)
      .toMatchObject({ state: 'registered', provider_document_id: '4711' });
    const { body } = await harness.signed({ path: `/v5/receipts/${id}` });
    expect(body.data).toMatchObject({ status: 'registered', link });
  });

  it('resubmit: hands a rejected document in again, once', async () => {
    const id = await createRejected();
    const first = await admin(`/${id}/resubmit`, { reason });
    expect(first.status).toBe(200);
    const next = first.body.data.id;
    expect(next).not.toBe(id);
    expect((await admin(`/${id}/resubmit`, { reason })).body.data.id).toBe(next);
    await expect.poll(() => stateOf(next)).toBe('registered');
    expect((await admin('')).body.data).toEqual([]);
  });

  it('resubmit: the old receipt stays rejected and names the new one, to the shop and to administrators', async () => {
    const id = await createRejected();
    const again = await admin(`/${id}/resubmit`, { reason });
    const next = again.body.data.id;
    const old = { receipt_id: id, status: 'rejected', superseded_by: next };
    expect((await harness.signed({ path: `/v5/receipts/${id}` })).body.data).toMatchObject(old);
    expect((await harness.signed({ path: `/v5/receipts/${id}?wait=100` })).body.data).toMatchObject(old);
    const { body: list } = await harness.signed({});
    expect(list.data.find((receipt: { receipt_id: string }) => receipt.receipt_id === id)).toMatchObject(old);
    const { body: fresh } = await harness.signed({ path: `/v5/receipts/${next}` });
    expect(fresh.data).not.toHaveProperty('superseded_by');
    expect((await admin(`/${id}`)).body.data).toMatchObject({ state: 'rejected', superseded_by: next });
  });

  it('resubmit: checks a corrected document as every other', async () => {
    const id = await createRejected();
    const { status, body } = await admin(`/${id}/resubmit`, { reason, document: sale({ total: 1 }) });
    expect(status).toBe(422);
    expect(body.error.code).toBe('receipt.invalid');
    const corrected = sale({ customer: { email: 'right@example.com' } });
    expect((await admin(`/${id}/resubmit`, { reason, document: corrected })).status).toBe(200);
  });

  it.each<[string, object, string, string, RegExp?]>([
    ['retry', {}, 'intervention.invalid', '$.reason', /is required/],
    ['park', { reason: '' }, 'intervention.invalid', '$.reason', /1–500 characters/],
    ['park', { reason: 'x'.repeat(501) }, 'intervention.invalid', '$.reason', /1–500 characters/],
    ['park', { reason: 5 }, 'intervention.invalid', '$.reason', /expected string/],
    ['park', { reason, by: 'somebody else' }, 'intervention.invalid', '$.by'],
    ['resolve', { reason }, 'intervention.invalid', '$.outcome'],
    [
      'resolve',
      { reason, outcome: { kind: 'lost' } },
      'intervention.invalid',
      '$.outcome.kind',
      /registered, rejected/,
    ],
    [
      'resolve',
      { reason, outcome: { kind: 'registered', provider_document_id: 4711 } },
      'intervention.invalid',
      '$.outcome.provider_document_id',
    ],
  ])('%s %j is refused', async (action, body, code, path, said = /./) => {
    const id = await createWaiting();
    const answer = await admin(`/${id}/${action}`, body);
    expect(answer.status).toBe(422);
    const message = expect.stringMatching(said);
    expect(answer.body.error).toMatchObject({ code, faults: [expect.objectContaining({ path, message })] });
  });

  it('refuses a link that is none, a body that is none, and what the state does not allow', async () => {
    const id = await createRejected();
    const outcome = { kind: 'registered', link: 'http://example.com/check' };
    expect((await admin(`/${id}/park`, { reason })).body.error).toMatchObject({ code: 'entry.state' });
    expect((await admin(`/${id}/park`, { reason })).status).toBe(409);
    expect((await admin(`/${id}/park`, '{"reason":"a","reason":"b"}')).body.error.code).toBe(
      'body.json.duplicate-key',
    );
    const waiting = await createWaiting();
    await expect
      .poll(async () => (await admin(`/${waiting}/resolve`, { reason, outcome })).body.error.code)
      .toBe('link.scheme');
  });
});
