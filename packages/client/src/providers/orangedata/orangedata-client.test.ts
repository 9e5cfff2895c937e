import type { CorrectionInput, ReceiptInput } from '@fiscalkit/schemas';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  answering,
  dropping,
  type LoopbackServer,
  startLoopbackServer,
} from '../../transport/loopback-server.fixture.js';
import { document, reference, registrations, statuses } from './answers.fixture.js';
import { createOrangedataClient, type OrangedataClient } from './orangedata-client.js';
import { company, inn, plainReceipt, settings } from './receipt.fixture.js';

const input: ReceiptInput = {
  ...plainReceipt,
  positions: [...plainReceipt.positions],
  settlements: [...plainReceipt.settlements],
};
const { email: _, ...plainCompany } = company;
const correction: CorrectionInput = {
  receipt_format: 'ru_1_05',
  merchant_id: 'shop',
  operation_type: 'sell_correction',
  correction_info: { type: 'self', base_date: '2026-03-13' },
  company: plainCompany,
  vat_totals: [{ vat_code: 'vat_22', turnover: 122 }],
  settlements: [{ type: 'cashless', sum: 122 }],
};

let server: LoopbackServer;
let client: OrangedataClient;
beforeAll(async () => {
  server = await startLoopbackServer();
  client = createOrangedataClient({ ...settings, baseUrl: server.origin, pollMs: 5 });
});
afterAll(async () => {
  await client.close();
  await server.close();
});
beforeEach(() => server.behave(answering(201, '')));

const targets = () => server.received.map(({ method, target }) => `${method} ${target}`);

describe('create', () => {
  it('sends once, under an id of the caller or one of its own', async () => {
    expect(await client.receipts.create(input, { id: 'order-17' })).toEqual({
      id: 'order-17',
      status: 'pending',
      registration: null,
      reason: null,
    });
    expect(JSON.parse(String(server.received[0]?.body))).toMatchObject({ id: 'order-17' });
    expect((await client.receipts.create(input)).id).toMatch(/^[0-9a-f-]{36}$/);
    await client.corrections.create(correction, { id: 'correction-1' });
    expect(targets()).toEqual(['POST /documents/', 'POST /documents/', 'POST /corrections/']);
  });

  it('makes no second receipt of a repeat under the same id', async () => {
    server.behave(dropping);
    await expect(client.receipts.create(input, { id: 'order-17' })).rejects.toMatchObject({
      code: 'provider.outcome-unknown',
      requestId: 'order-17',
      retryable: false,
    });
    server.behave(answering(409, ''));
    expect(await client.receipts.create(input, { id: 'order-17' })).toMatchObject({ status: 'pending' });
  });

  it('throws what is wrong before anything is sent', async () => {
    await expect(client.receipts.create({ ...input, settlements: [] })).rejects.toMatchObject({
      code: 'receipt.invalid',
    });
    await expect(client.receipts.create({ ...input, company: undefined })).rejects.toMatchObject({
      code: 'provider.unsupported',
      faults: [{ path: '$.company' }],
    });
    await expect(client.corrections.create({ ...correction, settlements: [] })).rejects.toMatchObject({
      code: 'correction.invalid',
    });
    expect(server.received).toHaveLength(0);
  });

  it('throws a refusal, and the reason of a caller who left', async () => {
    server.behave(answering(400, registrations.invalid.body));
    await expect(client.receipts.create(input)).rejects.toMatchObject({
      code: 'provider.rejected',
      retryable: false,
    });
    const reason = new Error('gone');
    await expect(client.receipts.create(input, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});

describe('get and waitFor', () => {
  it('return the document as it is now', async () => {
    server.behave(answering(202, ''));
    expect(await client.receipts.get(reference)).toMatchObject({ status: 'pending' });
    server.behave(answering(422, statuses.marks.body));
    expect(await client.corrections.get(reference)).toMatchObject({
      status: 'rejected',
      reason: { providerCode: 'mark.5' },
    });
    expect(targets()).toEqual([`GET /corrections/${inn}/status/${reference}`]);
    server.behave(answering(200, document));
    expect(await client.receipts.get(reference)).toMatchObject({
      status: 'registered',
      registration: { mark: { fiscal_document_number: '117' } },
    });
  });

  it('throw where there is no such document, and no answer', async () => {
    server.behave(answering(400, statuses.unknown.body));
    await expect(client.receipts.get(reference)).rejects.toMatchObject({
      code: 'provider.not-found',
      retryable: false,
    });
    server.behave(dropping);
    await expect(client.receipts.get(reference)).rejects.toMatchObject({ retryable: true });
  });

  it('wait until the document is final', async () => {
    const answers = [dropping, answering(202, ''), answering(200, document)];
    server.behave((response, request) => answers.shift()?.(response, request));
    expect(await client.receipts.waitFor(reference)).toMatchObject({ status: 'registered' });
    server.behave(answering(202, ''));
    await expect(client.receipts.waitFor(reference, { timeoutMs: 50 })).rejects.toMatchObject({
      code: 'provider.still-pending',
    });
  });
});
