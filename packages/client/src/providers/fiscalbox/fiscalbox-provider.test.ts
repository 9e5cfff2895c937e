import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeProvider } from '../../contract/provider.contract.js';
import { describeUnknownOutcome } from '../../contract/unknown-outcome.contract.js';
import {
  answering,
  type LoopbackServer,
  startLoopbackServer,
} from '../../transport/loopback-server.fixture.js';
import { documentedExchanges, qrCode, success } from './confirmation.fixture.js';
import { createFiscalbox } from './fiscalbox-provider.js';
import { operationOf } from './operation.js';

const apiKey = 'canary-api-key';
const { document, data } = documentedExchanges.anor;

describeProvider({
  name: 'fiscalbox',
  create: (baseUrl, bounds) => createFiscalbox({ baseUrl, apiKey, ...bounds }),
  document: { operation: 'confirmation.anor', document },
  unsupported: [
    { operation: 'receipt', document },
    { operation: 'confirmation.toString', document },
    { operation: 'confirmation.click', document },
    { operation: 'confirmation.anor', document: { ...document, amount: '1' } },
    { operation: 'confirmation.anor', document: { ...document, transaction_id: '' } },
    { operation: 'confirmation.anor', document: { transaction_id: 'a' } },
  ],
  target: 'POST /base/payment/anor_confirm',
  body: `{"transaction_id":"a12fc00f-5af5-65b8-adf8-74bff44680ee","qr_code":"${qrCode}"}`,
  headers: { authorization: `Bearer ${apiKey}` },
  success: success(data),
  secrets: [apiKey, '998712565009', 'canary@example.com'],
});

describe('createFiscalbox', () => {
  let server: LoopbackServer;
  beforeAll(async () => {
    server = await startLoopbackServer();
  });
  afterAll(() => server.close());
  const identity = { reference: 'r', businessTime: new Date() };

  it.each(['anor', 'click', 'payme', 'uzum'] as const)(
    'confirms a payment of %s as its page says',
    async (wallet) => {
      const provider = createFiscalbox({ baseUrl: server.origin });
      server.behave(answering(200, success(documentedExchanges[wallet].data)));
      const exchange = { operation: operationOf(wallet), document: documentedExchanges[wallet].document };
      expect(await provider.submit(provider.freeze(exchange, identity))).toMatchObject({
        kind: 'registered',
      });
      const [sent] = server.received;
      expect(sent).toMatchObject({ method: 'POST', target: `/payment/${wallet}_confirm` });
      expect(sent?.headers).not.toHaveProperty('authorization');
      expect(JSON.parse(String(sent?.body))).toEqual(exchange.document);
      await provider.close();
    },
  );

  it('refuses a link that is none of Soliq', () => {
    const foreign = { ...document, qr_code: 'https://example.com/check?t=UZ170703100597' };
    expect(() =>
      createFiscalbox().freeze({ operation: 'confirmation.anor', document: foreign }, identity),
    ).toThrow(expect.objectContaining({ code: 'link.host' }));
  });

  it('may be told that the installation tells repeats apart by nothing', () => {
    expect(createFiscalbox().capabilities.deduplicatesBy).toBe('payment');
    expect(createFiscalbox().unknownOutcome.plan).toBe('resend');
    const doubtful = createFiscalbox({ deduplicatesBy: 'nothing' });
    expect(doubtful.capabilities.deduplicatesBy).toBe('nothing');
    expect(doubtful.unknownOutcome.plan).toBe('person');
  });
});

describeUnknownOutcome('FiscalBox', createFiscalbox());
