import { Agent, request } from 'node:http';
import { signDetached } from '@fiscalkit/client/jws';
import { demoMerchant } from '../../receipts/demo-merchant.js';

/** Lists to read over and over. */
export interface ListLoad {
  readonly url: string;
  /** How many at the same time. */
  readonly atOnce: number;
  readonly paths: readonly string[];
  readonly seconds: number;
}

/** What came of them, by status: how many. */
export interface ListLoadResult {
  readonly answers: Readonly<Record<string, number>>;
}

/** Reads lists without a pause. Every reader begins at another of the paths, and goes through all of them. */
export async function readLists({ url, atOnce, paths, seconds }: ListLoad): Promise<ListLoadResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  const endsAt = performance.now() + seconds * 1000;
  const answers: Record<string, number> = {};
  const read = async (_: unknown, reader: number) => {
    for (let turn = reader; performance.now() < endsAt; turn += 1) {
      const status = await list(`${url}${paths[turn % paths.length]}`, agent);
      answers[status] = (answers[status] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, read));
  agent.destroy();
  return { answers };
}

/** Reads one list to its end; answers its status. */
function list(url: string, agent: Agent): Promise<number> {
  const signing = { method: 'GET', path: '/v5/receipts', body: new Uint8Array(), ...demoMerchant };
  return new Promise((resolve, reject) => {
    const asked = request(url, { agent, headers: { 'X-JWS-Signature': signDetached(signing) } }, (answer) => {
      answer.on('error', reject);
      answer.on('end', () => resolve(answer.statusCode ?? 0));
      answer.resume();
    });
    asked.on('error', reject);
    asked.end();
  });
}
