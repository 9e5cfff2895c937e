import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  answering,
  dropping,
  type LoopbackServer,
  startLoopbackServer,
} from '../../transport/loopback-server.fixture.js';
import { documentedExchanges, failure, qrCode, success } from './confirmation.fixture.js';
import { createFiscalboxClient, type FiscalboxClient } from './fiscalbox-client.js';

const confirmation = { transaction_id: 'a12fc00f-5af5-65b8-adf8-74bff44680ee', qr_code: qrCode };

let server: LoopbackServer;
let client: FiscalboxClient;
beforeAll(async () => {
  server = await startLoopbackServer();
  client = createFiscalboxClient({ baseUrl: server.origin });
});
afterAll(async () => {
  await client.close();
  await server.close();
});

describe('payments.confirm', () => {
  it('answers what the wallet says, and the mark of the receipt', async () => {
    server.behave(answering(200, success(documentedExchanges.anor.data)));
    expect(await client.payments.confirm('anor', confirmation)).toMatchObject({
      link: qrCode,
      mark: { country: 'uz', fiscal_sign: '514343190161' },
      details: documentedExchanges.anor.data,
    });
    expect(server.received).toHaveLength(1);
  });

  it('sends nothing for a confirmation with faults', async () => {
    server.behave(answering(200, {}));
    const faulty = { transaction_id: '', qr_code: 'https://example.com/' };
    await expect(client.payments.confirm('anor', faulty)).rejects.toMatchObject({
      code: 'confirmation.invalid',
      retryable: false,
      faults: [{ path: '$.transaction_id' }, { path: '$.qr_code' }],
    });
    await expect(client.payments.confirm('click', confirmation)).rejects.toMatchObject({
      code: 'confirmation.invalid',
    });
    expect(server.received).toHaveLength(0);
  });

  it.each([
    ['a dropped connection', dropping, 'provider.outcome-unknown', false],
    ['a refusal', answering(200, failure(7)), 'provider.rejected', false],
    ['a device that does not work', answering(200, failure(101)), 'provider.failed', true],
  ])('throws one error for %s and does not repeat', async (_, behaviour, code, retryable) => {
    server.behave(behaviour);
    await expect(client.payments.confirm('anor', confirmation)).rejects.toMatchObject({
      code,
      retryable,
      provider: 'fiscalbox',
    });
    expect(server.received).toHaveLength(1);
  });

  it('throws the reason of the caller who cancels', async () => {
    const reason = new Error('shop closed');
    const options = { signal: AbortSignal.abort(reason) };
    await expect(client.payments.confirm('anor', confirmation, options)).rejects.toBe(reason);
  });
});
