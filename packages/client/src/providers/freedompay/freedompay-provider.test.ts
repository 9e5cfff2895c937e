import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeProvider } from '../../contract/provider.contract.js';
import { describeUnknownOutcome } from '../../contract/unknown-outcome.contract.js';
import { createReplayGuard } from '../../jws/replay-guard.js';
import { verifyDetached } from '../../jws/verify-detached.js';
import {
  answering,
  type LoopbackServer,
  startLoopbackServer,
} from '../../transport/loopback-server.fixture.js';
import { createFreedompay } from './freedompay-provider.js';
import { checkedReceipt, documentedReceipt, documentedRequest, registeredFields } from './receipt.fixture.js';

const secretKey = 'canary-secret-key';
const buyer = { email: 'canary@example.com', phone: '79000000000' };
const document = checkedReceipt({ customer: buyer });

describeProvider({
  name: 'freedompay',
  create: (baseUrl, bounds) => createFreedompay({ merchantId: '542088', secretKey, baseUrl, ...bounds }),
  document: { operation: 'receipt', document },
  unsupported: [
    { operation: 'confirmation.anor', document },
    { operation: 'receipt', document: { ...document, receipt_format: 'kz_1_0' } },
  ],
  target: 'POST /base/v5/receipts',
  body: JSON.stringify({
    receipt_format: 'ru_1_05',
    merchant_id: 542088,
    payment_id: 764239789,
    operation_type: 'sell',
    settlements: documentedRequest.settlements,
    customer: buyer,
    positions: documentedRequest.positions.map(({ name, quantity, price, ...rest }) => ({
      name,
      quantity,
      price,
      ...rest,
    })),
  }),
  headers: { 'x-jws-signature': expect.stringMatching(/^[\w-]+\.\.[\w-]+$/) },
  success: { data: documentedReceipt(registeredFields) },
  secrets: [secretKey, buyer.email, buyer.phone],
});

describe('signatures', () => {
  let server: LoopbackServer;
  beforeAll(async () => {
    server = await startLoopbackServer();
  });
  afterAll(() => server.close());

  it.each(['empty', 'query'] as const)('hold for every request, with params %s', async (getParams) => {
    const settings = { merchantId: '542088', secretKey, baseUrl: server.origin, getParams };
    const provider = createFreedompay(settings);
    server.behave(answering(200, { data: [] }));
    const identity = { reference: 'r', businessTime: new Date() };
    const request = provider.freeze({ operation: 'receipt', document }, identity);
    await provider.submit(request);
    await provider.poll(request, 'adec9d48');
    await provider.find(request, { since: new Date(), boundDocumentIds: new Set() });
    await provider.close();

    expect(server.received.map(({ method, target }) => `${method} ${target.split('?')[0]}`)).toEqual([
      'POST /v5/receipts',
      'GET /v5/receipts/adec9d48',
      'GET /v5/receipts',
      'GET /v5/receipts',
    ]);
    for (const { method, target, headers, body } of server.received) {
      const [path = '', query = ''] = target.split('?');
      const token = String(headers['x-jws-signature']);
      const check = verifyDetached({ token, method, path, query, body, secretOf: () => secretKey });
      const [header = ''] = token.split('.');
      expect(check).toEqual({ ok: true, merchantId: '542088' });
      expect(JSON.parse(Buffer.from(header, 'base64url').toString()).params).toBe(
        getParams === 'query' ? query : '',
      );
    }
  });

  it('pass a replay guard, each anew, where they are asked to', async () => {
    const settings = { merchantId: '542088', secretKey, baseUrl: server.origin, replayProof: true };
    const provider = createFreedompay(settings);
    const guard = createReplayGuard({ windowMs: 60_000 });
    server.behave(answering(200, { data: documentedReceipt(registeredFields) }));
    const identity = { reference: 'r', businessTime: new Date() };
    const request = provider.freeze({ operation: 'receipt', document }, identity);
    await provider.submit(request);
    await provider.submit(request);
    await provider.close();

    expect(server.received).toHaveLength(2);
    for (const { method, target: path, headers, body } of server.received) {
      const token = String(headers['x-jws-signature']);
      const check = () =>
        guard.admit(verifyDetached({ token, method, path, body, secretOf: () => secretKey }));
      expect(check()).toMatchObject({ ok: true, merchantId: '542088' });
      expect(check()).toEqual({ ok: false, code: 'signature.replayed' });
    }
  });
});

describeUnknownOutcome('FreedomPay', createFreedompay({ merchantId: '1', secretKey: 'secret' }));

it('says how long a request may settle as it is set', () => {
  const { unknownOutcome } = createFreedompay({
    merchantId: '1',
    secretKey: 'secret',
    settlesWithinMs: 600_000,
  });
  expect(unknownOutcome.guarantee).toContain('within 600 seconds');
});
