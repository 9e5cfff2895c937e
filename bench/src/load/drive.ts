import { percentile } from '../comparison/percentile.js';
import { Connection } from './connection.js';
import type { LoadPlan } from './load-plan.js';
import type { LoadResult } from './load-result.js';
import { monotonicMs } from './monotonic.js';
import { asAnswered, atRate, type Pace } from './pace.js';

interface Course {
  readonly sentAtMs: number[];
  readonly latenciesMs: number[];
}

/** Sends prepared requests over the connections of the plan. Rejects when one is answered with another status than 200. */
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

/** Every connection takes one request after the other, until there are no more. */
async function sendAll(
  connections: readonly Connection[],
  requests: readonly Buffer[],
  pace: Pace,
): Promise<Course> {
  const course: Course = { sentAtMs: [], latenciesMs: [] };
  const rest = requests.entries();
  const work = async (connection: Connection) => {
    for (const [index, request] of rest) {
      const sentAt = await pace(index);
      const status = await connection.ask(request);
      if (status !== 200) throw new Error(`request ${index} was answered with status ${status}`);
      course.sentAtMs[index] = sentAt;
      course.latenciesMs[index] = monotonicMs() - sentAt;
    }
  };
  await Promise.all(connections.map(work));
  return course;
}
