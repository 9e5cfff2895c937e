import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Provider } from '../../contract/provider.js';
import {
  answering,
  type Behaviour,
  type LoopbackServer,
  startLoopbackServer,
} from '../../transport/loopback-server.fixture.js';
import { createFreedompay } from './freedompay-provider.js';
import { documentedReceipt, registeredFields } from './receipt.fixture.js';

let server: LoopbackServer;
let provider: Provider;
beforeAll(async () => {
  server = await startLoopbackServer();
  provider = createFreedompay({ merchantId: '542088', secretKey: 'key', baseUrl: server.origin });
});
afterAll(async () => {
  await provider.close();
  await server.close();
});

/** Answers each day with these rows, page by page. */
function listing(days: Readonly<Record<string, readonly unknown[]>>): Behaviour {
  return (response, { target }) => {
    const query = new URL(target, server.origin).searchParams;
    const offset = Number(query.get('offset'));
    const rows = days[query.get('created_at[gte]') ?? ''] ?? [];
    answering(200, { data: rows.slice(offset, offset + Number(query.get('limit'))) })(response, {} as never);
  };
}

async function list(from: string, before: string) {
  const documents = [];
  for await (const portion of provider.list?.({ from: new Date(from), before: new Date(before) }) ?? [])
    documents.push(...portion);
  return documents;
}

it('lists the documents of a window, day by day on the clock of the list, as they are shown', async () => {
  server.behave(
    listing({
      '2026-03-09': [
        documentedReceipt({
          receipt_id: 'a',
          created_at: '09.03.2026 12:00:00',
          ...registeredFields,
          payment_id: 7,
        }),
        documentedReceipt({ receipt_id: 'early', created_at: '09.03.2026 04:59:59' }),
      ],
      '2026-03-10': [
        documentedReceipt({ receipt_id: 'late', created_at: '10.03.2026 05:00:00' }),
        documentedReceipt({
          receipt_id: 'b',
          created_at: '10.03.2026 04:59:59',
          status: 'strange',
          total: 'x',
        }),
        { receipt_id: 'c', payment_id: '8', status: 'registered' },
        'no row',
      ],
    }),
  );
  const documents = await list('2026-03-09T00:00:00Z', '2026-03-10T00:00:00Z');
  expect(documents.map(({ providerDocumentId }) => providerDocumentId)).toEqual(['a', 'b', 'c']);
  expect(documents[0]).toEqual({
    providerDocumentId: 'a',
    paymentId: '7',
    operationType: 'sell',
    totalMinor: 20_000,
    status: 'registered',
    mark: {
      country: 'ru',
      fiscal_storage_number: '9999078900006286',
      fiscal_document_number: '10605',
      fiscal_attribute: '923085333',
      registered_at: '2023-03-29T17:37:00+03:00',
    },
    createdAt: new Date('2026-03-09T07:00:00Z'),
  });
  expect(documents[1]).toMatchObject({ totalMinor: null, mark: null });
});

it('lists each document of several pages once', async () => {
  const rows = Array.from({ length: 250 }, (_, index) =>
    documentedReceipt({ receipt_id: `r-${index}`, created_at: '09.03.2026 12:00:00' }),
  );
  server.behave(listing({ '2026-03-09': rows }));
  const documents = await list('2026-03-09T00:00:00Z', '2026-03-09T12:00:00Z');
  expect(new Set(documents.map(({ providerDocumentId }) => providerDocumentId)).size).toBe(250);
  expect(documents).toHaveLength(250);
});

it('says so where a list ends too early', async () => {
  server.behave(answering(503, {}));
  await expect(list('2026-03-09T00:00:00Z', '2026-03-10T00:00:00Z')).rejects.toMatchObject({
    provider: 'freedompay',
    retryable: true,
  });
});
