import { sampleSale, signRequest } from '@fiscalkit/testing';
import { percentile } from '../percentile.js';
import { Connection } from './connection.js';
import { asAnswered, atRate, monotonicMs, type Pace } from './pace.js';
import type { LoadPlan, LoadResult } from './run-load.js';

const path = '/v5/receipts';

/** Prepares the requests as they go over the wire, signed, each for the receipt of another payment. */
export function prepareRequests({ url, requests, firstPayment }: LoadPlan): Buffer[] {
  const { host } = new URL(url);
  return Array.from({ length: requests }, (_, index) => requestFor(firstPayment + index, host));
}

/** Sends prepared requests over the plan's connections. Rejects on another status than 200. */
export async function drive(plan: LoadPlan, requests: readonly Buffer[]): Promise<LoadResult> {
  const url = new URL(plan.url);
  const connections = await Promise.all(Array.from({ length: plan.connections }, () => Connection.open(url)));
  try {
    return await measure(plan, requests, connections);
  } finally {
    for (const connection of connections) connection.close();
  }
}

async function measure(
  { perSecond }: LoadPlan,
  requests: readonly Buffer[],
  connections: readonly Connection[],
): Promise<LoadResult> {
  const startedAt = monotonicMs();
  const processor = process.cpuUsage();
  const pace = perSecond === undefined ? asAnswered() : atRate(perSecond);
  const { sentAtMs, latenciesMs } = await sendAll(connections, requests, pace);
  const seconds = (monotonicMs() - startedAt) / 1000;
  const { user, system } = process.cpuUsage(processor);
  const latency = (share: number) => percentile(latenciesMs, share);
  return {
    requests: requests.length,
    seconds,
    latencyMs: { p50: latency(0.5), p90: latency(0.9), p99: latency(0.99) },
    generatorLoad: (user + system) / 1e6 / seconds,
    ...(perSecond !== undefined && { sentAtMs }),
  };
}

interface Timings {
  readonly sentAtMs: number[];
  readonly latenciesMs: number[];
}

/** Every connection takes one request after the other, until there are no more. */
async function sendAll(
  connections: readonly Connection[],
  requests: readonly Buffer[],
  pace: Pace,
): Promise<Timings> {
  const timings: Timings = { sentAtMs: [], latenciesMs: [] };
  const rest = requests.entries();
  const work = async (connection: Connection) => {
    for (const [index, request] of rest) {
      const sentAt = await pace(index);
      const status = await connection.send(request);
      if (status !== 200) throw new Error(`request ${index} was answered with status ${status}`);
      timings.sentAtMs[index] = sentAt;
      timings.latenciesMs[index] = monotonicMs() - sentAt;
    }
  };
  await Promise.all(connections.map(work));
  return timings;
}

function requestFor(paymentId: number, host: string): Buffer {
  const body = Buffer.from(JSON.stringify(sampleSale(paymentId)));
  const head = [
    `POST ${path} HTTP/1.1`,
    `Host: ${host}`,
    'Content-Type: application/json',
    `Content-Length: ${body.length}`,
    `X-JWS-Signature: ${signRequest('POST', path, body)}`,
  ];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), body]);
}
