import { describe, expect, it } from 'vitest';
import { describeProvider } from '../../contract/provider.contract.js';
import { describeUnknownOutcome } from '../../contract/unknown-outcome.contract.js';
import { answering, startLoopbackServer } from '../../transport/loopback-server.fixture.js';
import { document, reference, registrations, statuses } from './answers.fixture.js';
import { orangedata } from './factory.js';
import { readFrozen } from './frozen-request.js';
import { createOrangedata } from './orangedata-provider.js';
import { checked, inn, markedReceipt, plainReceipt, settings, signatureKey } from './receipt.fixture.js';

const buyer = { email: 'canary@example.org', full_name: 'Canary Buyer', inn: '7709364346' };
const keyLine = signatureKey.split('\n')[1] ?? '';

describeProvider({
  name: 'orangedata',
  create: (baseUrl, given) => createOrangedata({ ...settings, ...given, baseUrl }),
  document: { operation: 'receipt', document: checked(plainReceipt, { customer: buyer }) },
  unsupported: [
    { operation: 'confirmation.anor', document: checked() },
    { operation: 'receipt', document: checked(markedReceipt) },
    { operation: 'receipt', document: { ...checked(), receipt_format: 'kz_1_0' } },
    { operation: 'receipt', document: { ...checked(), company: undefined } },
    { operation: 'receipt', document: { ...checked(), surprise: 1 } },
  ],
  target: 'POST /base/documents/',
  body: `documents\n${JSON.stringify({
    id: '5c4b7b1e-8d0a-4a53-9d0e-3f6a9f6e5f10',
    inn,
    group: 'Main',
    key: inn,
    content: {
      ffdVersion: 2,
      type: 1,
      positions: [
        {
          text: 'Tea',
          quantity: 2,
          price: 50,
          tax: 1,
          paymentMethodType: 4,
          paymentSubjectType: 1,
          unitOfMeasurement: 'шт',
        },
      ],
      checkClose: { payments: [{ type: 2, amount: 100 }], taxationSystem: 0 },
      customerContact: buyer.email,
      customer: buyer.full_name,
      customerINN: buyer.inn,
      senderEmail: 'shop@example.org',
      totalSum: 100,
      isInternetStore: true,
    },
    meta: 'order-42',
  })}`,
  bodyOf: (frozen) => readFrozen(frozen).body,
  headers: {
    'content-type': 'application/json; charset=utf-8',
    'x-signature': expect.stringMatching(/^[A-Za-z0-9+/]{342}==$/),
  },
  success: '',
  successStatus: 201,
  successKind: 'pending',
  secrets: [keyLine, buyer.email, buyer.full_name, buyer.inn],
});

describeUnknownOutcome('OrangeData', createOrangedata(settings));

describe('the factory', () => {
  it('creates the provider from settings as a program reads them', () => {
    const given = { ...settings, connections: 4, attemptMs: 1000, pollMs: 10 };
    expect(orangedata.create(given)).toMatchObject({
      name: 'orangedata',
      account: { address: 'http://127.0.0.1:1/api/v2', merchantId: `${inn}/Main` },
    });
    expect(() => orangedata.create({ ...given, signatureKey: undefined })).toThrow(
      expect.objectContaining({ code: 'settings.signature-key' }),
    );
  });

  it('describes every setting once, with its default', () => {
    const names = orangedata.settings.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    const settlesWithinMs = orangedata.settings.find(({ name }) => name === 'settlesWithinMs')?.default;
    expect(createOrangedata(settings).capabilities.settlesWithinMs).toBe(settlesWithinMs);
  });
});

describe('createOrangedata', () => {
  it.each([
    ['settings.inn', { inn: '12345' }],
    ['settings.inn', { inn: '' }],
    ['settings.format', { format: 'uz_1_0' as 'ru_1_2' }],
    ['settings.group', { group: ' ' }],
    ['settings.key', { key: 'a'.repeat(33) }],
    ['settings.signature-key', { signatureKey: '' }],
    ['settings.characters', { characters: 'drop' as 'refuse' }],
    ['settings.callback-url', { callbackUrl: 'ftp://shop.example' }],
    ['settings.callback-url', { callbackUrl: `https://shop.example/${'a'.repeat(1024)}` }],
  ])('refuses a wrong setting with %s', (code, change) => {
    expect(() => createOrangedata({ ...settings, ...change })).toThrow(expect.objectContaining({ code }));
  });

  it.each([
    ['ru_1_05', 'Main'],
    ['ru_1_2', 'Main_2'],
  ] as const)('takes %s in the group %s, and counts on ids for 90 days', (format, group) => {
    const { capabilities, account } = createOrangedata({ ...settings, format, registers: 3 });
    expect(capabilities).toMatchObject({
      formats: [format],
      deduplicatesBy: 'key',
      deduplicationWindowMs: 90 * 86_400_000,
      findsBy: 'reference',
      limits: { pollsPerSecond: 6 },
    });
    expect(account.merchantId).toBe(`${inn}/${group}`);
  });

  it('counts on ids for the time that is set, and says so', () => {
    const { unknownOutcome } = createOrangedata({ ...settings, deduplicationWindowMs: 300_000 });
    expect(unknownOutcome.guarantee).toContain('300 seconds');
    expect(unknownOutcome.foundOutBy).toContain('less a tenth');
  });

  it('answers a check of the connection, and reads the id of ours in a callback', async () => {
    const server = await startLoopbackServer();
    const provider = createOrangedata({
      ...settings,
      baseUrl: `${server.origin}/api/v2`,
      group: 'Vend',
      key: 'K',
    });
    try {
      server.behave(answering(200, ''));
      expect(await provider.check?.()).toBeNull();
      expect(server.received[0]).toMatchObject({ method: 'POST', target: '/api/v2/check' });
      expect(JSON.parse(String(server.received[0]?.body))).toEqual({ inn, group: 'Vend', key: 'K' });
      for (const { status, body } of [registrations.signature, registrations.certificate]) {
        server.behave(answering(status, body));
        expect(await provider.check?.()).toMatchObject({ code: 'provider.unauthorized' });
      }
      const body = Buffer.from(JSON.stringify(document));
      expect(provider.readCallback?.({ body, headers: {} })).toEqual({ reference });
      expect(provider.readCallback?.({ body: Buffer.from('[]'), headers: {} })).toBeNull();
    } finally {
      await Promise.all([provider.close(), server.close()]);
    }
  });
});

describe('the token in the address of callbacks', () => {
  it('is not repeated with the words of a refusal', async () => {
    const token = 'canary-of-callbacks_abcDEF9hi7kl';
    const server = await startLoopbackServer();
    const provider = createOrangedata({ ...settings, baseUrl: server.origin });
    try {
      const callbackUrl = `https://pay.shop.example/callbacks/00112233aabbccdd/${token}`;
      const request = provider.freeze(
        { operation: 'receipt', document: checked() },
        { reference, businessTime: new Date(0), callbackUrl },
      );
      expect(Buffer.from(request.body).toString()).toContain(callbackUrl);
      server.behave(answering(400, { errors: [`Неверный адрес callbackUrl: ${callbackUrl}`] }));
      const verdict = await provider.submit(request);
      expect(verdict).toMatchObject({
        kind: 'rejected',
        reason: { providerMessage: expect.stringContaining('callbackUrl') },
      });
      expect(JSON.stringify(verdict)).not.toContain(token);
    } finally {
      await Promise.all([provider.close(), server.close()]);
    }
  });
});

describe('a search', () => {
  const since = new Date('2026-03-14T09:00:00Z');
  const dayMs = 86_400_000;

  /** Searches so long after the first attempt; returns what was found, and what was requested. */
  async function find(
    answer: { readonly status: number; readonly body: unknown },
    {
      afterMs = 60_000,
      access = 200,
      providerDocumentId,
    }: {
      afterMs?: number;
      access?: number;
      providerDocumentId?: string;
    } = {},
  ) {
    const server = await startLoopbackServer(({ target }) =>
      target.endsWith('/check') ? answering(access, access === 200 ? '' : { errors: ['Нет доступа'] }) : null,
    );
    const clock = () => new Date(since.getTime() + afterMs);
    const provider = createOrangedata({ ...settings, baseUrl: server.origin, clock });
    try {
      const identity = { reference, businessTime: since };
      const request = provider.freeze({ operation: 'receipt', document: checked() }, identity);
      server.behave(answering(answer.status, answer.body));
      const options = {
        since,
        boundDocumentIds: new Set<string>(),
        ...(providerDocumentId && { providerDocumentId }),
      };
      const finding = await provider.find(request, options);
      return { finding, requests: server.received.map(({ method, target }) => `${method} ${target}`) };
    } finally {
      await Promise.all([provider.close(), server.close()]);
    }
  }

  it('asks for the id, and adopts what is there', async () => {
    expect(await find(statuses.done)).toMatchObject({
      finding: { kind: 'found', verdict: { kind: 'registered' } },
      requests: [`GET /documents/${inn}/status/${reference}`],
    });
    expect((await find(statuses.queued)).finding).toMatchObject({
      kind: 'found',
      verdict: { kind: 'pending' },
    });
    expect((await find(statuses.expired)).finding).toMatchObject({
      kind: 'found',
      verdict: { reissue: true },
    });
  });

  it('believes in absence only of a known organisation, while ids are remembered', async () => {
    expect((await find(statuses.unknown)).finding).toEqual({ kind: 'absent' });
    expect((await find(statuses.unknown, { access: 400 })).finding).toMatchObject({ kind: 'unknown' });
    expect((await find(statuses.noOrganisation)).finding).toMatchObject({ kind: 'unknown' });
    expect((await find(statuses.unknown, { afterMs: 89 * dayMs })).finding).toMatchObject({
      kind: 'doubtful',
    });
    expect((await find(statuses.unknown, { providerDocumentId: reference })).finding).toMatchObject({
      kind: 'unknown',
      reason: { code: 'provider.not-found' },
    });
  });
});
