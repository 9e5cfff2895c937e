import { isFiscalError, type ReceiptInput } from '@fiscalkit/schemas';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  answering,
  type Behaviour,
  dropping,
  hanging,
  type LoopbackServer,
  startLoopbackServer,
} from '../../transport/loopback-server.fixture.js';
import { createFreedompayClient, type FreedompayClient } from './freedompay-client.js';
import { documentedReceipt, documentedRequest, registeredFields } from './receipt.fixture.js';

const input: ReceiptInput = {
  ...documentedRequest,
  positions: [...documentedRequest.positions],
  settlements: [...documentedRequest.settlements],
};
const receiptId = 'adec9d48-be2a-4bf4-8ca1-3432fd8920c5';
const secretKey = 'canary-secret-key';

let server: LoopbackServer;
let client: FreedompayClient;
beforeAll(async () => {
  server = await startLoopbackServer();
  client = createFreedompayClient({ merchantId: '542088', secretKey, baseUrl: server.origin });
});
afterAll(async () => {
  await client.close();
  await server.close();
});

describe('receipts.create', () => {
  it('answers the receipt as the provider shows it, after one attempt', async () => {
    server.behave(answering(200, { data: documentedReceipt() }));
    const receipt = await client.receipts.create(input);
    expect(receipt).toMatchObject({ receipt_id: receiptId, status: 'pending', payment_id: '764239789' });
    expect(server.received).toHaveLength(1);
  });

  it('sends nothing for a receipt with faults, and names them all', async () => {
    server.behave(answering(200, {}));
    const faulty = { ...input, payment_id: '', settlements: [{ type: 'cashless', sum: 199.99 }] } as const;
    await expect(
      client.receipts.create({ ...faulty, settlements: [...faulty.settlements] }),
    ).rejects.toMatchObject({
      code: 'receipt.invalid',
      retryable: false,
      faults: expect.arrayContaining([expect.objectContaining({ path: '$.payment_id' })]),
    });
    expect(server.received).toHaveLength(0);
  });

  it.each([
    ['a dropped connection', dropping, 'provider.outcome-unknown', false],
    ['500', answering(500, {}), 'provider.outcome-unknown', false],
    ['422', answering(422, { error: { message: 'x' } }), 'provider.rejected', false],
    ['429', answering(429, {}), 'provider.rate-limited', true],
    ['401', answering(401, {}), 'provider.unauthorized', true],
  ])('throws one error for %s and does not repeat', async (_, behaviour, code, retryable) => {
    server.behave(behaviour);
    const error = await client.receipts.create(input).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code, retryable, provider: 'freedompay' });
    expect(server.received).toHaveLength(1);
    expect(isFiscalError(error) && error.requestId).toBe(server.received[0]?.headers['x-request-id']);
  });

  it('keeps to its total budget', async () => {
    server.behave(hanging);
    // Long enough for a busy machine to have sent it, or it would not be unknown.
    await expect(client.receipts.create(input, { totalMs: 500 })).rejects.toMatchObject({
      code: 'provider.outcome-unknown',
    });
  });

  it('throws the reason of the caller who cancels', async () => {
    const reason = new Error('shop closed');
    const cancellation = new AbortController();
    server.behave(() => cancellation.abort(reason));
    await expect(client.receipts.create(input, { signal: cancellation.signal })).rejects.toBe(reason);
    await expect(client.receipts.get('id', { signal: cancellation.signal })).rejects.toBe(reason);
  });

  it('lets nothing secret out in errors', async () => {
    const secrets = [secretKey, 'canary@example.com', '79000000001'];
    const buyer = {
      ...input,
      customer: { email: 'canary@example.com', phone: '79000000001' },
    } as ReceiptInput;
    const quoting = { error: { message: secrets.join(), code: secrets.join() } };
    const behaviours: Behaviour[] = [
      dropping,
      ...[200, 400, 401, 500].map((status) => answering(status, quoting)),
    ];
    for (const behaviour of behaviours) {
      server.behave(behaviour);
      const error = await client.receipts.create(buyer).catch((thrown: unknown) => thrown);
      const text = everythingIn(error);
      expect(text).toContain('provider.');
      expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
    }
  });
});

/** Returns everything that a log could show of an error: its own fields, stack and causes. */
function everythingIn(error: unknown): string {
  if (!(error instanceof Error)) {
    return JSON.stringify(error) ?? '';
  }
  return [error.message, error.stack, JSON.stringify({ ...error }), everythingIn(error.cause)].join('\n');
}

describe('receipts.get', () => {
  it('answers the receipt', async () => {
    server.behave(answering(200, { data: documentedReceipt(registeredFields) }));
    expect(await client.receipts.get(receiptId)).toMatchObject({
      status: 'registered',
      fiscal_attribute: '923085333',
    });
    expect(server.received[0]?.target).toBe(`/v5/receipts/${receiptId}`);
  });

  it.each([
    [404, 'provider.not-found', false],
    [500, 'provider.server-error', true],
    [429, 'provider.rate-limited', true],
  ])('throws for %i', async (status, code, retryable) => {
    server.behave(answering(status, {}));
    await expect(client.receipts.get(receiptId)).rejects.toMatchObject({ code, retryable });
  });

  it.each(['', '..', 'a/b', 'a?b', 'a'.repeat(129)])(
    'asks nothing for an id that is none: %s',
    async (id) => {
      server.behave(answering(200, {}));
      await expect(client.receipts.get(id)).rejects.toMatchObject({ code: 'receipt.id', retryable: false });
      expect(server.received).toHaveLength(0);
    },
  );
});

describe('receipts.list', () => {
  const rows = Array.from({ length: 130 }, (_, index) => documentedReceipt({ receipt_id: `row-${index}` }));
  const listing: Behaviour = (response, { target }) => {
    const query = new URL(target, server.origin).searchParams;
    const offset = Number(query.get('offset'));
    response.end(JSON.stringify({ data: rows.slice(offset, offset + Number(query.get('limit'))) }));
  };

  it('gives every receipt once, over all pages', async () => {
    server.behave(listing);
    const ids: string[] = [];
    for await (const { receipt_id } of client.receipts.list()) {
      ids.push(receipt_id);
    }
    expect(ids).toEqual(rows.map(({ receipt_id }) => receipt_id));
  });

  it('asks for no more pages than are read', async () => {
    server.behave(listing);
    for await (const { receipt_id } of client.receipts.list()) {
      expect(receipt_id).toBe('row-0');
      break;
    }
    expect(server.received).toHaveLength(1);
  });

  it('sends the filter as the page writes it', async () => {
    server.behave(answering(200, { data: [] }));
    const filter = {
      'created_at[gte]': '2023-03-01',
      'created_at[lte]': '2023-03-31',
      utc: 3,
      name: 'Товар №1',
    };
    for await (const _ of client.receipts.list(filter)) {
      expect.unreachable();
    }
    expect(server.received[0]?.target).toBe(
      `/v5/receipts?utc=3&created_at[gte]=2023-03-01&created_at[lte]=2023-03-31&name=${encodeURIComponent('Товар №1')}&offset=0&limit=100`,
    );
  });

  it('throws when a page fails', async () => {
    server.behave(answering(503, {}));
    await expect(client.receipts.list()[Symbol.asyncIterator]().next()).rejects.toMatchObject({
      code: 'provider.unavailable',
      retryable: true,
    });
  });
});

describe('receipts.waitFor', () => {
  function answers(...behaviours: [Behaviour, ...Behaviour[]]): Behaviour {
    let next = 0;
    return (response, request) => {
      const behaviour = behaviours[Math.min(next++, behaviours.length - 1)] ?? behaviours[0];
      behaviour(response, request);
    };
  }
  const pending = answering(200, { data: documentedReceipt() });

  it('asks until the receipt is registered, through troubles that pass', async () => {
    const registered = answering(200, { data: documentedReceipt(registeredFields) });
    server.behave(answers(pending, dropping, answering(503, {}), pending, registered));
    const receipt = await client.receipts.waitFor(receiptId, { pauseMs: 1 });
    expect(receipt.status).toBe('registered');
    expect(server.received).toHaveLength(5);
  });

  it('ends with a rejection too', async () => {
    server.behave(answering(200, { data: documentedReceipt({ status: 'failed' }) }));
    expect((await client.receipts.waitFor(receiptId)).status).toBe('rejected');
  });

  it('ends at once when asking again can not help', async () => {
    server.behave(answering(404, {}));
    await expect(client.receipts.waitFor(receiptId)).rejects.toMatchObject({ code: 'provider.not-found' });
    expect(server.received).toHaveLength(1);
  });

  it('ends with its time', async () => {
    server.behave(pending);
    await expect(client.receipts.waitFor(receiptId, { timeoutMs: 30, pauseMs: 5 })).rejects.toMatchObject({
      code: 'provider.still-pending',
      retryable: true,
    });
  });

  it('throws the reason of the caller who cancels between questions', async () => {
    const reason = new Error('shop closed');
    const cancellation = new AbortController();
    server.behave((response, request) => {
      pending(response, request);
      setTimeout(() => cancellation.abort(reason), 10);
    });
    const waiting = client.receipts.waitFor(receiptId, { pauseMs: 5000, signal: cancellation.signal });
    await expect(waiting).rejects.toBe(reason);
  });
});
