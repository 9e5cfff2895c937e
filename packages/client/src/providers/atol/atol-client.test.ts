import type { ReceiptInput } from '@fiscalkit/schemas';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  answering,
  dropping,
  type LoopbackServer,
  startLoopbackServer,
} from '../../transport/loopback-server.fixture.js';
import { failed, registrations, reports, uuid } from './answers.fixture.js';
import { type AtolClient, createAtolClient } from './atol-client.js';
import { plainReceipt } from './receipt.fixture.js';

const input: ReceiptInput = {
  ...plainReceipt,
  positions: [...plainReceipt.positions],
  settlements: [...plainReceipt.settlements],
};

let server: LoopbackServer;
let client: AtolClient;
beforeAll(async () => {
  server = await startLoopbackServer(({ target }) =>
    target.endsWith('/getToken') ? answering(200, { error: null, token: 'token' }) : null,
  );
  client = createAtolClient({
    login: 'shop',
    password: 'secret',
    groupCode: 'group_4179',
    version: 'v4',
    baseUrl: server.origin,
    pollMs: 5,
  });
});
afterAll(async () => {
  await client.close();
  await server.close();
});
beforeEach(() => server.behave(answering(200, registrations.taken.body)));

describe('receipts.create', () => {
  it('sends once, under an id of the caller or one of its own', async () => {
    expect(await client.receipts.create(input, { externalId: 'order-17' })).toEqual({
      externalId: 'order-17',
      uuid,
      status: 'pending',
      registration: null,
      reason: null,
    });
    expect(JSON.parse(String(server.received[0]?.body))).toMatchObject({ external_id: 'order-17' });
    const { externalId } = await client.receipts.create(input);
    expect(externalId).toMatch(/^[0-9a-f-]{36}$/);
    expect(server.received).toHaveLength(2);
  });

  it('makes no second receipt of a repeat under the same id', async () => {
    server.behave(dropping);
    const lost = client.receipts.create(input, { externalId: 'order-17' });
    await expect(lost).rejects.toMatchObject({
      code: 'provider.outcome-unknown',
      requestId: 'order-17',
      retryable: false,
    });
    const { uuid: first } = registrations.duplicate.body;
    server.behave(answering(400, registrations.duplicate.body));
    expect(await client.receipts.create(input, { externalId: 'order-17' })).toMatchObject({ uuid: first });
  });

  it('throws what is wrong before anything is sent', async () => {
    await expect(client.receipts.create({ ...input, settlements: [] })).rejects.toMatchObject({
      code: 'receipt.invalid',
    });
    await expect(client.receipts.create({ ...input, company: undefined })).rejects.toMatchObject({
      code: 'provider.unsupported',
      faults: [{ path: '$.company' }],
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

describe('receipts.get and waitFor', () => {
  it('return the receipt as it is now', async () => {
    server.behave(answering(200, reports.notYet.body));
    expect(await client.receipts.get(uuid)).toMatchObject({ status: 'pending' });
    server.behave(answering(200, reports.otherInn.body));
    expect(await client.receipts.get(uuid)).toMatchObject({
      status: 'rejected',
      reason: { providerCode: 'agent.2009' },
    });
    server.behave(answering(200, reports.done.body));
    expect(await client.receipts.get(uuid)).toMatchObject({
      status: 'registered',
      registration: { mark: { fiscal_document_number: '133' } },
    });
  });

  it('throw where only a person can tell, and where there was no answer', async () => {
    server.behave(answering(200, failed({ type: 'driver', code: 2, text: '' }).body));
    await expect(client.receipts.get(uuid)).rejects.toMatchObject({
      code: 'provider.doubtful',
      retryable: false,
    });
    server.behave(answering(400, reports.gone.body));
    await expect(client.receipts.get(uuid)).rejects.toMatchObject({
      code: 'provider.not-found',
      retryable: false,
    });
  });

  it('wait until the receipt is final', async () => {
    const answers = [dropping, answering(200, reports.waiting.body), answering(200, reports.done.body)];
    server.behave((response, request) => answers.shift()?.(response, request));
    expect(await client.receipts.waitFor(uuid)).toMatchObject({ status: 'registered' });
    server.behave(answering(200, reports.waiting.body));
    await expect(client.receipts.waitFor(uuid, { timeoutMs: 50 })).rejects.toMatchObject({
      code: 'provider.still-pending',
    });
  });
});
