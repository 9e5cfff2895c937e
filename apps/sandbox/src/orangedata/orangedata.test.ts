import { sign } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { Agent, request } from 'undici';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../start-sandbox.js';
import { sampleSignatureKey } from './sample-signature-key.js';

const delayMs = 100;
const inn = '5544332219';
let time: number;
let sandbox: Sandbox;
const agent = new Agent();

beforeEach(async () => {
  time = Date.parse('2026-03-14T09:05:00Z');
  sandbox = await startSandbox({ clock: () => new Date(time), registrationDelayMs: delayMs });
});
afterEach(() => sandbox.close());

const content = {
  ffdVersion: 2,
  type: 1,
  positions: [
    { text: 'Чай «Ёлка»', quantity: 2, price: 50, tax: 1, paymentMethodType: 4, paymentSubjectType: 1 },
  ],
  checkClose: { payments: [{ type: 2, amount: 100 }], taxationSystem: 0 },
  customerContact: 'buyer@example.org',
  totalSum: 100,
};
const correction = {
  ffdVersion: 2,
  correctionType: 0,
  type: 1,
  causeDocumentDate: '2026-03-13T00:00:00',
  totalSum: 100,
  eCashSum: 100,
  tax1Sum: 18.03,
  taxationSystem: 0,
  customerContact: 'none',
};

function document(id: string, change: object = {}): object {
  return { id, inn, group: 'Main', key: inn, content, meta: 'order-42', ...change };
}

interface Sending {
  readonly path?: string;
  readonly signature?: (body: Buffer) => string;
  readonly headers?: Readonly<Record<string, string>>;
}

const rightSignature = (body: Buffer) => sign('RSA-SHA256', body, sampleSignatureKey).toString('base64');

async function post(
  given: object,
  { path = 'documents/', signature = rightSignature, headers }: Sending = {},
) {
  const body = Buffer.from(JSON.stringify(given));
  const reply = await request(`${sandbox.url}/api/v2/${path}`, {
    dispatcher: agent,
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', 'x-signature': signature(body), ...headers },
  });
  return read(reply.statusCode, await reply.body.text());
}

async function status(id: string, { path = 'documents', owner = inn } = {}) {
  const url = `${sandbox.url}/api/v2/${path}/${owner}/status/${id}`;
  const reply = await request(url, { dispatcher: agent });
  return read(reply.statusCode, await reply.body.text());
}

function read(code: number, text: string) {
  return { status: code, body: text === '' ? '' : JSON.parse(text) };
}

describe('a document', () => {
  it('is taken with an empty answer, waits, and is shown with its mark', async () => {
    expect(await post(document('1'))).toEqual({ status: 201, body: '' });
    expect(await status('1')).toEqual({ status: 202, body: '' });
    time += delayMs;
    expect(await status('1')).toMatchObject({
      status: 200,
      body: {
        id: '1',
        companyINN: inn,
        documentNumber: 1,
        fp: expect.stringMatching(/^\d{10}$/),
        fsNumber: expect.stringMatching(/^\d{16}$/),
        processedAt: '2026-03-14T12:05:00',
        meta: 'order-42',
        // What code page 866 lacks is gone without a word.
        content: { type: 1, totalSum: 100, positions: [{ text: 'Чай Ёлка' }] },
      },
    });
    expect(sandbox.journal().orangedata).toMatchObject([
      { id: '1', operation: 'sell', status: 'done', items: [{ name: 'Чай «Ёлка»' }], names: ['Чай Ёлка'] },
    ]);
    expect(JSON.stringify(sandbox.journal())).not.toContain('buyer@example.org');
  });

  it('has its id in the organisation, over all kinds, and no content is compared', async () => {
    await post(document('1'));
    expect(await post(document('1', { content: { ...content, customerContact: 'none' } }))).toEqual({
      status: 409,
      body: '',
    });
    expect((await post(document('1', { content: correction }), { path: 'corrections/' })).status).toBe(409);
    expect(await status('1', { path: 'corrections' })).toMatchObject({ status: 400 });
    expect(sandbox.journal().orangedata).toHaveLength(1);
  });

  it('is forgotten with its id after three months', async () => {
    await post(document('1'));
    sandbox.advance(90 * 86_400_000 - 1);
    expect((await post(document('1'))).status).toBe(409);
    sandbox.advance(1);
    expect(await status('1')).toEqual({ status: 400, body: { errors: ['Документ не найден'] } });
    expect((await post(document('1'))).status).toBe(201);
    expect(sandbox.journal().orangedata).toHaveLength(2);
  });

  it('of an unknown id or organisation gets the same status', async () => {
    expect(await status('2')).toMatchObject({ status: 400 });
    expect(await status('2', { owner: '7709364346' })).toEqual({
      status: 400,
      body: { errors: ['Организация не найдена'] },
    });
  });

  it('of a correction has a path of its own for each format', async () => {
    expect((await post(document('1', { content: correction }), { path: 'corrections/' })).status).toBe(201);
    const marked = {
      ...content,
      ffdVersion: 4,
      positions: [{ ...content.positions[0], quantityMeasurementUnit: 0 }],
      correctionType: 1,
      causeDocumentDate: '2026-03-13T00:00:00',
      causeDocumentNumber: '17',
    };
    const given = document('2', { group: 'Main_2', content: marked });
    expect((await post(given, { path: 'correction12/' })).status).toBe(201);
    expect((await post(given, { path: 'corrections/' })).status).toBe(400);
    time += delayMs;
    expect((await status('2', { path: 'correction12' })).status).toBe(200);
  });
});

describe('a signature', () => {
  it.each<[string, Sending, object]>([
    ['none', { signature: () => '' }, {}],
    ['of other bytes', { signature: (body) => rightSignature(Buffer.concat([body, Buffer.from(' ')])) }, {}],
    ['under another key', {}, { key: '7727401209' }],
  ])('%s is refused, and nothing is taken', async (_, sending, change) => {
    const refused = { status: 400, body: { errors: ['Подпись не прошла проверку'] } };
    expect(await post(document('1', change), sending)).toEqual(refused);
    expect(sandbox.journal().orangedata).toHaveLength(0);
  });

  it('of a check of access is over its own bytes', async () => {
    const access = { inn, group: 'Main', key: inn };
    expect(await post(access, { path: 'check' })).toEqual({ status: 200, body: '' });
    expect((await post({ ...access, group: 'Vend' }, { path: 'check' })).status).toBe(400);
    expect((await post({ ...access, inn: '7709364346' }, { path: 'check' })).status).toBe(400);
  });
});

describe('what is refused', () => {
  const [position] = content.positions;
  it.each<[string, object]>([
    ['an unknown member', { content: { ...content, settlementPlace: 'shop.example' } }],
    ['a member of the other format', { content: { ...content, customerInfo: { name: 'A' } } }],
    ['the other format', { content: { ...content, ffdVersion: 4 } }],
    ['a rate of 11', { content: { ...content, positions: [{ ...position, tax: 11 }] } }],
    ['a long text', { content: { ...content, positions: [{ ...position, text: 'a'.repeat(129) }] } }],
    ['a total that is not the sum', { content: { ...content, totalSum: 99 } }],
    [
      'too little money',
      { content: { ...content, checkClose: { payments: [{ type: 1, amount: 99 }], taxationSystem: 0 } } },
    ],
    [
      'too much of it without cash',
      { content: { ...content, checkClose: { payments: [{ type: 2, amount: 101 }], taxationSystem: 0 } } },
    ],
    ['no contact', { content: { ...content, customerContact: undefined } }],
    ['a long id', { id: 'a'.repeat(65) }],
    ['an unknown group', { group: 'Vend' }],
  ])('%s', async (_, change) => {
    expect(await post(document('1', change))).toMatchObject({
      status: 400,
      body: { errors: [expect.any(String)] },
    });
    expect(sandbox.journal().orangedata).toHaveLength(0);
  });

  it('also another type of content', async () => {
    expect((await post(document('1'), { headers: { 'content-type': 'text/plain' } })).status).toBe(415);
  });
});

describe('a fault', () => {
  it('of the queue expires a document after its time', async () => {
    sandbox.faults.add({ endpoint: 'orangedata.register', fault: { kind: 'fail', code: 524 } });
    await post(document('1'));
    sandbox.advance(30 * 86_400_000 - 1);
    expect((await status('1')).status).toBe(202);
    sandbox.advance(1);
    expect(await status('1')).toEqual({ status: 524, body: '' });
    expect((await post(document('1'))).status).toBe(409);
    expect(sandbox.journal().orangedata).toMatchObject([{ status: 'expired', mark: null }]);
  });

  it('of mark codes leaves no receipt', async () => {
    sandbox.faults.add({ endpoint: 'orangedata.register', fault: { kind: 'fail', code: 422 } });
    await post(document('1'));
    time += delayMs;
    expect(await status('1')).toMatchObject({
      status: 422,
      body: [{ position: 0, checkResult: { checkResult: 5 } }],
    });
    expect(sandbox.journal().orangedata).toMatchObject([{ status: 'failed-marks', mark: null }]);
  });

  it('of the mark shows it late', async () => {
    sandbox.faults.add({ endpoint: 'orangedata.register', fault: { kind: 'late-mark', forMs: 5_000 } });
    await post(document('1'));
    time += delayMs;
    expect((await status('1')).body).not.toHaveProperty('fp');
    time += 5_000;
    expect((await status('1')).body).toHaveProperty('fp');
  });

  it('of the answer comes after the document is stored, and may be in the words of OrangeData', async () => {
    sandbox.faults.add([
      {
        endpoint: 'orangedata.register',
        on: { call: 1 },
        fault: { kind: 'status', status: 500, when: 'after' },
      },
      {
        endpoint: 'orangedata.register',
        on: { call: 2 },
        fault: { kind: 'error', code: 400, status: 400, text: 'Подпись не прошла проверку' },
      },
    ]);
    expect((await post(document('1'))).status).toBe(500);
    expect(await post(document('2'))).toEqual({
      status: 400,
      body: { errors: ['Подпись не прошла проверку'] },
    });
    expect((await post(document('1'))).status).toBe(409);
  });

  it('of too many questions is a 429', async () => {
    await sandbox.close();
    sandbox = await startSandbox({ clock: () => new Date(time), orangedata: { statusesPerSecond: 1 } });
    await post(document('1'));
    expect([(await status('1')).status, (await status('1')).status]).toEqual([202, 429]);
    time += 1_000;
    expect((await status('1')).status).toBe(200);
  });
});

it('a callback brings the document when it is done', async () => {
  const called: unknown[] = [];
  const server = createServer(async (message, response) => {
    called.push(await json(message));
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const callbackUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/called`;
    await post(document('1', { callbackUrl }));
    time += delayMs;
    await expect
      .poll(() => sandbox.journal().orangedataCallbacks)
      .toMatchObject([{ external_id: '1', named: '1', status: 'done', answered: 200 }]);
    expect(called).toMatchObject([{ id: '1', documentNumber: 1 }]);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});
