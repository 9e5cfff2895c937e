import { createAtol } from '@fiscalkit/client/atol';
import { checkReceipt, parseRussianLink } from '@fiscalkit/schemas';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Shop } from '../shop.fixture.js';
import { type Sandbox, startSandbox } from '../start-sandbox.js';
import { sampleAtolGroups } from './group.js';

const dayMs = 86_400_000;
const [v4] = sampleAtolGroups;
const delayMs = 300;
let time: number;
let sandbox: Sandbox;
let shop: Shop;

beforeEach(async () => {
  time = Date.parse('2026-03-14T09:05:31Z');
  sandbox = await startSandbox({ clock: () => new Date(time), registrationDelayMs: delayMs });
  shop = new Shop(sandbox.url);
});

afterEach(async () => {
  await shop[Symbol.asyncDispose]();
  await sandbox.close();
});

const item = {
  name: 'Чай «Ёлка»',
  price: 50,
  quantity: 2,
  sum: 100,
  payment_method: 'full_payment',
  vat: { type: 'vat22' },
};
const client = { email: 'buyer@example.org' };
const company = { email: 'shop@example.org', sno: 'osn', inn: '5544332219', payment_address: 'shop.example' };

/** Returns a document of a version, or a changed one. */
function document(version: 'v4' | 'v5', externalId: string, changes: object = {}, itemChanges: object = {}) {
  const own = version === 'v4' ? { payment_object: 'commodity' } : { payment_object: 1, measure: 0 };
  const receipt = {
    client,
    company,
    items: [{ ...item, ...own, ...itemChanges }],
    payments: [{ type: 1, sum: 100 }],
    total: 100,
    ...changes,
  };
  return { external_id: externalId, timestamp: '14.03.2026 12:05:31', receipt };
}

interface Body {
  readonly uuid?: string;
  readonly status?: string;
  readonly token?: string;
  readonly error?: { readonly type: string; readonly code: number; readonly text: string } | null;
  readonly payload?: Readonly<Record<string, unknown>> | null;
  readonly external_id?: string;
}

async function call(target: string, sent?: object, token?: string) {
  const reply = await shop.send({
    target: `/possystem${target}`,
    ...(sent && { document: sent }),
    ...(token !== undefined && { headers: { token } }),
  });
  return { status: reply.status, body: reply.json() as Body };
}

async function tokenOf(version: 'v4' | 'v5'): Promise<string> {
  const { body } = await call(`/${version}/getToken`, {
    login: `${version}-online-atol-ru`,
    pass: 'sandbox',
  });
  return body.token ?? '';
}

const groups = { v4: 'v4-online-atol-ru_4179', v5: 'v5-online-atol-ru_5179' } as const;

async function register(sent: object, version: 'v4' | 'v5' = 'v4', operation = 'sell') {
  return call(`/${version}/${groups[version]}/${operation}`, sent, await tokenOf(version));
}

async function report(uuid: string | undefined, version: 'v4' | 'v5' = 'v4') {
  return call(`/${version}/${groups[version]}/report/${uuid}`, undefined, await tokenOf(version));
}

describe('a token', () => {
  it('is given to the login, for a day', async () => {
    const token = await tokenOf('v4');
    const target = `/v4/${groups.v4}/sell`;
    expect((await call(target, document('v4', '1'), token)).status).toBe(200);
    time += dayMs - 1;
    expect((await call(target, document('v4', '2'), token)).status).toBe(200);
    time += 1;
    expect(await call(target, document('v4', '3'), token)).toMatchObject({
      status: 401,
      body: { error: { type: 'system', code: 11 } },
    });
  });

  it.each([
    [401, 12, '/v4/getToken', { login: 'v4-online-atol-ru', pass: 'wrong' }],
    [401, 21, '/v5/getToken', { login: 'v4-online-atol-ru', pass: 'sandbox' }],
    [400, 32, '/v4/getToken', { login: 'a b', pass: 'sandbox' }],
  ])('is refused with %i and code %i', async (status, code, target, credentials) => {
    expect(await call(target, credentials)).toMatchObject({ status, body: { error: { code } } });
  });

  it.each([
    [10, `/v4/${groups.v4}/sell`, ''],
    [11, `/v4/${groups.v4}/sell`, 'made-up'],
  ])('that is missing or unknown has code %i', async (code, target, token) => {
    expect(await call(target, document('v4', '1'), token)).toMatchObject({
      status: 401,
      body: { error: { code } },
    });
  });

  it('of another group has code 20', async () => {
    const other = await tokenOf('v5');
    expect(await call(`/v4/${groups.v4}/sell`, document('v4', '1'), other)).toMatchObject({
      status: 401,
      body: { error: { code: 20 } },
    });
  });
});

describe('a document', () => {
  it.each(['v4', 'v5'] as const)('of %s is unknown, then waits, then is done', async (version) => {
    const taken = await register(document(version, 'first'), version);
    expect(taken).toMatchObject({ status: 200, body: { status: 'wait', error: null } });
    const { uuid } = taken.body;
    expect(await report(uuid, version)).toMatchObject({ status: 200, body: { error: { code: 34 } } });
    time += delayMs / 2;
    expect((await report(uuid, version)).body).toMatchObject({ status: 'wait', payload: null });
    time += delayMs;
    const { body } = await report(uuid, version);
    expect(body).toMatchObject({ status: 'done', error: null, external_id: 'first', uuid });
    const [journalled] = sandbox.journal().atol;
    expect(parseRussianLink(String(body.payload?.ofd_receipt_url)).mark).toEqual(journalled?.mark);
    expect(journalled).toMatchObject({
      status: 'done',
      items: [{ name: 'Чай «Ёлка»', price: 50, quantity: 2, payment_method: 'full_payment' }],
      names: ['Чай «Ёлка»'],
      link: body.payload?.ofd_receipt_url,
      operation: 'sell',
      total: 100,
    });
    expect(JSON.stringify(sandbox.journal())).not.toContain(client.email);
  });

  it('has one uuid for an external id, whatever comes under it', async () => {
    const { body } = await register(document('v4', 'same'));
    const repeats = [
      await register(document('v4', 'same')),
      await register(document('v4', 'same', { total: 100.5 })),
      await register(document('v4', 'same'), 'v4', 'sell_refund'),
    ];
    expect(repeats).toMatchObject(
      Array(3).fill({ status: 400, body: { uuid: body.uuid, status: 'wait', error: { code: 33 } } }),
    );
    expect(sandbox.journal({ paymentId: 'same' }).atol).toHaveLength(1);
    expect((await register(document('v5', 'same'), 'v5')).status).toBe(200);
  });

  it.each([
    ['v4', 32],
    ['v5', 30],
  ] as const)('of %s is forgotten after %i days, and its id with it', async (version, days) => {
    const { uuid } = (await register(document(version, 'old'), version)).body;
    sandbox.advance(days * dayMs - 1);
    expect((await report(uuid, version)).body).toMatchObject({ status: 'done' });
    expect((await register(document(version, 'old'), version)).body.error).toMatchObject({ code: 33 });
    sandbox.advance(1);
    expect(await report(uuid, version)).toMatchObject({ status: 400, body: { error: { code: 30 } } });
    expect((await register(document(version, 'old'), version)).status).toBe(200);
    expect(sandbox.journal().atol).toHaveLength(2);
  });

  it('with an unknown member is taken by v4 and refused by v5', async () => {
    expect((await register(document('v4', '1', { surprise: 1 }))).status).toBe(200);
    expect(await register(document('v5', '1', { surprise: 1 }), 'v5')).toMatchObject({
      status: 400,
      body: { status: 'fail', error: { type: 'system', code: 32, text: expect.stringContaining('receipt') } },
    });
  });

  const marked = {
    payment_object: 33,
    quantity: 1,
    price: 100,
    mark_processing_mode: '0',
    planned_status: 1,
  };
  it.each<[string, object, object]>([
    ['a fraction of a kopeck', { total: 0.1 + 0.2 }, {}],
    ['no item', { items: [] }, {}],
    ['a long name', {}, { name: 'a'.repeat(129) }],
    ['an old rate', {}, { vat: { type: 'vat18' } }],
    ['a text for goods', {}, { payment_object: 'commodity' }],
    ['an unknown measure', {}, { measure: 1 }],
    ['a phone without its plus', { client: { phone: '79161234567' } }, {}],
    ['no buyer', { client: {} }, {}],
    ['no tax system', { company: { ...company, sno: undefined } }, {}],
    ['two mark codes', {}, { ...marked, mark_code: { ean8: '12345678', ean13: '1234567890123' } }],
    ['a mark code of several pieces', {}, { ...marked, quantity: 2, price: 50, mark_code: { short: 'a' } }],
    ['no planned status', {}, { ...marked, planned_status: undefined, mark_code: { short: 'a' } }],
    ['a mark that is not in Base64', {}, { ...marked, mark_code: { gs1m: '01-02' } }],
    ['an agent without a supplier', {}, { agent_info: { type: 'agent' } }],
  ])('with %s fails the schema of v5', async (_, changes, itemChanges) => {
    expect(await register(document('v5', '1', changes, itemChanges), 'v5')).toMatchObject({
      status: 400,
      body: { error: { code: 32 } },
    });
    expect(sandbox.journal().atol).toEqual([]);
  });

  it.each<[string, number, object, object]>([
    ['agent', 2009, { company: { ...company, inn: '7709364346' } }, {}],
    ['driver', 17, {}, { price: 49 }],
    ['driver', 227, { total: 102 }, {}],
    ['driver', 52, { payments: [{ type: 1, sum: 101 }] }, {}],
    ['driver', 66, { payments: [{ type: 0, sum: 99 }] }, {}],
  ])('that the register refuses fails with %s %i', async (type, code, changes, itemChanges) => {
    const { uuid } = (await register(document('v4', '1', changes, itemChanges))).body;
    time += delayMs;
    expect((await report(uuid)).body).toMatchObject({ status: 'fail', error: { type, code }, payload: null });
    // The id is used up.
    expect((await register(document('v4', '1'))).body).toMatchObject({ uuid, error: { code: 33 } });
  });

  it('of an unknown operation, of no JSON or of another type is refused', async () => {
    const token = await tokenOf('v4');
    expect((await register(document('v4', '1'), 'v4', 'gift')).body.error).toMatchObject({ code: 31 });
    const target = `/possystem/v4/${groups.v4}/sell`;
    const text = { token, 'content-type': 'text/plain' };
    const other = await shop.send({ target, document: document('v4', '1'), headers: text });
    expect([other.status, (other.json() as Body).error?.code]).toEqual([415, 41]);
    const empty = await shop.send({ target, method: 'POST', headers: { token } });
    expect([empty.status, (empty.json() as Body).error?.code]).toEqual([400, 40]);
  });
});

describe('a fault', () => {
  it('with code 50 may be told of a document that was stored', async () => {
    const error = { kind: 'error', type: 'system', code: 50, status: 500, when: 'after' } as const;
    sandbox.faults.add({ endpoint: 'atol.register', on: { call: 1 }, fault: error });
    expect(await register(document('v4', '1'))).toMatchObject({ status: 500, body: { error: { code: 50 } } });
    expect((await register(document('v4', '1'))).body.error).toMatchObject({ code: 33 });
    expect(sandbox.journal().atol).toHaveLength(1);
  });

  it('of the queue fails the document when its time is over', async () => {
    sandbox.faults.add({ endpoint: 'atol.register', fault: { kind: 'fail', type: 'timeout', code: 1 } });
    const { uuid } = (await register(document('v4', '1'))).body;
    sandbox.advance(299_999);
    expect((await report(uuid)).body.status).toBe('wait');
    sandbox.advance(1);
    expect((await report(uuid)).body).toMatchObject({ status: 'fail', error: { type: 'timeout', code: 1 } });
    expect(sandbox.journal().atol).toMatchObject([{ mark: null }]);
  });

  it('of the report calls a document done before it shows the mark', async () => {
    const late = { kind: 'late-mark', forMs: 5_000 } as const;
    sandbox.faults.add({ endpoint: 'atol.register', fault: late });
    const { uuid } = (await register(document('v4', '1'))).body;
    time += delayMs;
    const early = (await report(uuid)).body;
    expect(early).toMatchObject({ status: 'done', payload: { total: expect.any(Number) } });
    expect(early.payload).not.toHaveProperty('fiscal_document_attribute');
    time += 5_000;
    expect((await report(uuid)).body.payload).toHaveProperty('fiscal_document_attribute');
  });

  it('of the connection may leave a receipt in the storage', async () => {
    const lost = { kind: 'fail', type: 'driver', code: 2, registered: true } as const;
    sandbox.faults.add({ endpoint: 'atol.register', on: { call: 1 }, fault: lost });
    const { uuid } = (await register(document('v4', '1'))).body;
    await register(document('v4', '2'));
    time += delayMs;
    expect((await report(uuid)).body).toMatchObject({ status: 'fail', payload: null });
    expect(sandbox.journal().atol).toMatchObject([
      { status: 'fail', mark: { fiscal_document_number: '1' } },
      { status: 'done', mark: { fiscal_document_number: '2' } },
    ]);
  });

  it('of the connection leaves none of a document that the register refuses before', async () => {
    const lost = { kind: 'fail', type: 'driver', code: 2, registered: true } as const;
    sandbox.faults.add({ endpoint: 'atol.register', fault: lost });
    const { uuid } = (await register(document('v4', '1', { company: { ...company, inn: '7709364346' } })))
      .body;
    time += delayMs;
    expect((await report(uuid)).body).toMatchObject({ status: 'fail', error: { type: 'agent', code: 2009 } });
    expect(sandbox.journal().atol).toMatchObject([{ mark: null }]);
  });

  it('of its printer shows in the journal alone: no answer has names', async () => {
    sandbox.faults.add({ endpoint: 'atol.register', fault: { kind: 'write', as: ['cp866', 'yo', 'cut:8'] } });
    const { uuid } = (await register(document('v4', '1'))).body;
    time += delayMs;
    expect(JSON.stringify(await report(uuid))).not.toContain('Чай');
    expect(sandbox.journal().atol).toMatchObject([{ names: ['Чай ?Елк'], status: 'done' }]);
  });

  it('of the token strikes once', async () => {
    const expired = { kind: 'error', type: 'system', code: 11, status: 401 } as const;
    sandbox.faults.add({ endpoint: 'atol.register', times: 1, fault: expired });
    expect((await register(document('v4', '1'))).status).toBe(401);
    expect((await register(document('v4', '1'))).status).toBe(200);
  });

  it('is refused where it can never strike', () => {
    const fault = { kind: 'fail', type: 'driver', code: 2 } as const;
    const shown = { kind: 'write' as const, as: ['number-ids' as const] };
    expect(() => sandbox.faults.add({ endpoint: 'atol.*', fault: shown })).toThrow(
      expect.objectContaining({ code: 'sandbox.fault.invalid' }),
    );
    expect(() => sandbox.faults.add({ endpoint: 'receipts.*', fault })).toThrow(
      expect.objectContaining({ code: 'sandbox.fault.invalid' }),
    );
  });
});

it('the reports of a group can be limited', async () => {
  await using limited = await startSandbox({ clock: () => new Date(time), atol: { reportsPerSecond: 1 } });
  await using caller = new Shop(limited.url);
  const credentials = { login: v4?.login, pass: v4?.password };
  const { token } = (
    await caller.send({ target: '/possystem/v4/getToken', document: credentials })
  ).json() as Body;
  const ask = () =>
    caller.send({ target: `/possystem/v4/${groups.v4}/report/1`, headers: { token: token ?? '' } });
  expect([(await ask()).status, (await ask()).status]).toEqual([400, 429]);
  time += 1000;
  expect((await ask()).status).toBe(400);
});

it('the clock is moved by the control interface', async () => {
  const { uuid } = (await register(document('v4', '1'))).body;
  const moved = await shop.send({ target: '/_sandbox/clock', document: { advanceMs: delayMs } });
  expect(moved.status).toBe(200);
  expect((await report(uuid)).body.status).toBe('done');
  expect((await shop.send({ target: '/_sandbox/clock', document: { advanceMs: -1 } })).status).toBe(400);
});

it('the provider of the client works with it, in both versions', async () => {
  for (const { version, login, password, code } of sampleAtolGroups) {
    const settings = { version, login, password, groupCode: code, baseUrl: `${sandbox.url}/possystem` };
    const provider = createAtol({ ...settings, clock: () => new Date(time) });
    const check = checkReceipt({
      receipt_format: version === 'v4' ? 'ru_1_05' : 'ru_1_2',
      merchant_id: 'shop',
      payment_id: '1',
      operation_type: 'sell_refund',
      customer: client,
      company: { inn: company.inn, email: company.email, tax_system: 'osn', payment_address: 'shop.example' },
      positions: [
        {
          name: 'Tea',
          price: 50,
          quantity: 2,
          vat_code: 'vat_22',
          payment_method: 'full_payment',
          payment_object: 'goods',
        },
      ],
      settlements: [{ type: 'cashless', sum: 100 }],
    });
    if (!check.ok) throw new Error(JSON.stringify(check.faults));
    const identity = { reference: `reference-${version}`, businessTime: new Date(time) };
    const request = provider.freeze({ operation: 'receipt', document: { ...check.receipt } }, identity);
    const taken = await provider.submit(request);
    expect(taken).toMatchObject({ kind: 'pending' });
    const uuid = taken.kind === 'pending' ? taken.providerDocumentId : '';
    expect(await provider.submit(request)).toMatchObject({ kind: 'pending', providerDocumentId: uuid });
    time += delayMs;
    expect(await provider.poll(request, uuid)).toMatchObject({
      kind: 'registered',
      registration: { link: expect.stringContaining('n=2') },
    });
    await provider.close();
  }
});
