import { Agent, request } from 'node:http';
import { signRequest } from '@fiscalkit/testing';
import type { ListLoad, ListLoadResult } from '../beside-lists.js';

process.stdout.write(`${JSON.stringify(await readLists(JSON.parse(process.argv[2] ?? '')))}\n`);

/** Reads lists without a pause. Every reader begins at another of the paths, and goes through all of them. */
async function readLists({ url, atOnce, receipts, seconds }: ListLoad): Promise<ListLoadResult> {
  const paths = listPaths(receipts);
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  const endsAt = performance.now() + seconds * 1000;
  const answers: Record<string, number> = {};
  const read = async (_: unknown, reader: number) => {
    for (let index = reader; performance.now() < endsAt; index += 1) {
      const status = await list(`${url}${paths[index % paths.length]}`, agent);
      answers[status] = (answers[status] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, read));
  agent.destroy();
  return { answers };
}

/** Reads one list to its end, and returns its status. */
function list(url: string, agent: Agent): Promise<number> {
  const headers = { 'X-JWS-Signature': signRequest('GET', '/v5/receipts') };
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent, headers }, (answer) => {
      answer.on('error', reject);
      answer.on('end', () => resolve(answer.statusCode ?? 0));
      answer.resume();
    });
    sent.on('error', reject);
    sent.end();
  });
}

/** Returns lists with every filter, alone and together, and with offsets to the end of so many receipts. */
function listPaths(receipts: number): string[] {
  const queries = [
    {},
    { limit: '100' },
    { offset: String(receipts / 2), limit: '100' },
    { offset: String(receipts - 10) },
    { offset: String(2 * receipts) },
    { payment_id: String(receipts / 2) },
    { payment_id: '1000000001' },
    { operation_type: 'sell_refund', limit: '100' },
    { operation_type: 'sell_refund', offset: String(receipts / 20) },
    { operation_type: 'buy' },
    { status: 'pending', limit: '100' },
    { status: 'rejected' },
    { status: 'registered', offset: String(receipts - 10) },
    { total: '200', limit: '100' },
    { total: '777.77' },
    { name: 'Кофе в зёрнах, 250 г', limit: '100' },
    { name: 'нет' },
    { name: 'нет', status: 'registered', operation_type: 'sell_refund' },
    { total: '777.77', operation_type: 'sell', status: 'rejected' },
    { 'created_at[lte]': '2020-01-01' },
  ];
  return queries.map((query) => {
    const text = new URLSearchParams(query).toString();
    return text === '' ? '/v5/receipts' : `/v5/receipts?${text}`;
  });
}
