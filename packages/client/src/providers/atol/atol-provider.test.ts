import { describe, expect, it } from 'vitest';
import { describeProvider } from '../../contract/provider.contract.js';
import { describeUnknownOutcome } from '../../contract/unknown-outcome.contract.js';
import { answering, startLoopbackServer } from '../../transport/loopback-server.fixture.js';
import { createAtol } from './atol-provider.js';
import { atol } from './factory.js';
import { readFrozen } from './frozen-request.js';
import { checked, markedReceipt, plainReceipt } from './receipt.fixture.js';

const password = 'canary-password';
const login = 'canary-login';
const buyer = { email: 'canary@example.org', phone: '+79161234567' };
const credentials = { login, password, groupCode: 'group_4179' } as const;

const issued = { error: null, token: 'canary-token', timestamp: '30.11.2025 17:58:53' };

/** Answer of the documents to a registration. */
const taken = {
  uuid: '2ea26f17-0884-4f08-b120-306fc096a58f',
  timestamp: '12.04.2026 06:15:06',
  error: null,
  status: 'wait',
};

describeProvider({
  name: 'atol',
  create: (baseUrl, settings) => createAtol({ ...credentials, version: 'v4', baseUrl, ...settings }),
  document: { operation: 'receipt', document: checked(plainReceipt, { customer: buyer }) },
  unsupported: [
    { operation: 'confirmation.anor', document: checked() },
    { operation: 'receipt', document: checked(markedReceipt) },
    { operation: 'receipt', document: { ...checked(), receipt_format: 'kz_1_0' } },
    { operation: 'receipt', document: { ...checked(), company: undefined } },
    { operation: 'receipt', document: { ...checked(), surprise: 1 } },
  ],
  target: 'POST /base/v4/group_4179/sell',
  body: `sell\n${JSON.stringify({
    external_id: '5c4b7b1e-8d0a-4a53-9d0e-3f6a9f6e5f10',
    timestamp: '01.01.1970 03:00:00',
    receipt: {
      client: buyer,
      company: {
        email: 'shop@example.org',
        sno: 'osn',
        inn: '5544332219',
        payment_address: 'https://shop.example',
      },
      items: [
        {
          name: 'Tea',
          price: 50,
          quantity: 2,
          sum: 100,
          payment_method: 'full_payment',
          vat: { type: 'vat22' },
          measurement_unit: 'шт',
          payment_object: 'commodity',
        },
      ],
      payments: [{ type: 1, sum: 100 }],
      total: 100,
    },
  })}`,
  bodyOf: (frozen) => readFrozen(frozen).body,
  headers: { 'content-type': 'application/json; charset=utf-8', token: 'canary-token' },
  success: taken,
  successKind: 'pending',
  session: ({ target }) => (target.endsWith('/getToken') ? answering(200, issued) : null),
  secrets: [password, login, 'canary-token', buyer.email, buyer.phone],
});

describe('the factory', () => {
  it('creates the provider from settings as a program reads them', () => {
    const given = { ...credentials, version: 'v5', connections: 4, attemptMs: 1000, pollMs: 10 };
    expect(atol.create(given)).toMatchObject({ name: 'atol', account: { merchantId: 'group_4179' } });
    expect(() => atol.create({ ...given, password: undefined })).toThrow(
      expect.objectContaining({ code: 'settings.password' }),
    );
  });

  it('describes every setting once, with its default', () => {
    const names = atol.settings.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(expect.arrayContaining(['version', 'groupCode', 'login', 'password']));
    const settlesWithinMs = atol.settings.find(({ name }) => name === 'settlesWithinMs')?.default;
    expect(createAtol({ ...credentials, version: 'v4' }).capabilities.settlesWithinMs).toBe(settlesWithinMs);
  });
});

describe('the token in the address of callbacks', () => {
  const token = 'canary-of-callbacks_abcDEF9hi7kl';
  const callbackUrl = `https://pay.shop.example/callbacks/00112233aabbccdd/${token}`;

  it.each([
    callbackUrl,
    callbackUrl.toUpperCase(),
    `/callbacks/…/${token}`,
    callbackUrl.replaceAll('/', '\\/'),
  ])('is not repeated with the words of a refusal: %s', async (quoted) => {
    const server = await startLoopbackServer(({ target }) =>
      target.endsWith('/getToken') ? answering(200, issued) : null,
    );
    const provider = createAtol({ ...credentials, version: 'v4', baseUrl: server.origin });
    try {
      const identity = { reference: 'own-1', businessTime: new Date(0), callbackUrl };
      const request = provider.freeze({ operation: 'receipt', document: checked() }, identity);
      const error = {
        code: 32,
        error_id: '1',
        text: `Ошибка в service.callback_url: ${quoted}`,
        type: 'system',
      };
      server.behave(answering(200, { ...taken, external_id: 'own-1', status: 'fail', error }));
      for (const answer of [await provider.submit(request), await provider.poll(request, taken.uuid)]) {
        expect(answer).toMatchObject({
          kind: 'rejected',
          reason: { providerMessage: expect.stringContaining('service.callback_url') },
        });
        expect(JSON.stringify(answer)).not.toMatch(new RegExp(token, 'i'));
      }
    } finally {
      await Promise.all([provider.close?.(), server.close()]);
    }
  });
});

describe('createAtol', () => {
  it.each([
    ['settings.group-code', { groupCode: ' ' }],
    ['settings.login', { login: '' }],
    ['settings.password', { password: '' }],
    ['settings.version', { version: 'v3' as 'v4' }],
    ['settings.callback-url', { callbackUrl: 'ftp://shop.example' }],
    ['settings.callback-url', { callbackUrl: `https://shop.example/${'a'.repeat(256)}` }],
  ])('refuses a wrong setting with %s', (code, change) => {
    expect(() => createAtol({ ...credentials, version: 'v5', ...change })).toThrow(
      expect.objectContaining({ code }),
    );
  });

  it.each([
    ['v4', 'ru_1_05', 32],
    ['v5', 'ru_1_2', 30],
  ] as const)('takes in %s the format %s, and counts on ids for %i days', (version, format, days) => {
    const { capabilities, account, unknownOutcome } = createAtol({ ...credentials, version, registers: 3 });
    expect(capabilities).toMatchObject({
      formats: [format],
      deduplicatesBy: 'key',
      deduplicationWindowMs: days * 86_400_000,
      limits: { pollsPerSecond: 3 },
    });
    expect(account).toEqual({
      address: `https://online.atol.ru/possystem/${version}`,
      merchantId: 'group_4179',
    });
    expect(unknownOutcome.guarantee).toContain(`${days} days`);
  });

  it.each([
    [7 * 86_400_000, '7 days', 'less an hour'],
    [60_000, '60 seconds', 'less a tenth'],
  ])('counts on ids for the %i milliseconds that are set, and says so', (window, memory, margin) => {
    const settings = { ...credentials, version: 'v5', deduplicationWindowMs: window } as const;
    const { capabilities, unknownOutcome } = createAtol(settings);
    expect(capabilities.deduplicationWindowMs).toBe(window);
    expect(unknownOutcome.guarantee).toContain(memory);
    expect(unknownOutcome.foundOutBy).toContain(`${memory} after the first attempt, ${margin}`);
  });
});

describeUnknownOutcome('ATOL Online', createAtol({ ...credentials, version: 'v5' }));
