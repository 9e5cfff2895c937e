import { registrations } from '../deliver/sandbox-registrations.js';
import type { LoadResult } from '../load/load-result.js';
import { monotonicMs } from '../load/monotonic.js';
import { runLoad } from '../load/run-load.js';
import type { Service } from '../services/service.js';
import { FastClock } from './fast-clock.js';
import { startProvider } from './start-provider.js';

/** How a service is asked for receipts. */
export interface Course {
  readonly perSecond: number;
  /** At the same rate, not measured. */
  readonly warmUpSeconds: number;
  readonly seconds: number;
}

/** Asks a service for receipts at a steady rate; answers for each how many milliseconds passed until the provider registered it. */
export async function latencies(
  service: Service,
  { perSecond, warmUpSeconds, seconds }: Course,
): Promise<number[]> {
  const store = await service.startStore();
  try {
    const startedAt = monotonicMs();
    const provider = await startProvider(startedAt);
    const program = await service.start({ role: 'all', storeUrl: store.url, providerUrl: provider.url });
    const ask = (firstPayment: number, requests: number) =>
      runLoad({ url: program.url, connections: 64, requests, firstPayment, perSecond });
    const warmUp = perSecond * warmUpSeconds;
    await ask(1, warmUp);
    const { sentAtMs = [] }: LoadResult = await ask(warmUp + 1, perSecond * seconds);
    const registered = await registrations(provider.url, warmUp + sentAtMs.length);
    await program.stop();
    await provider.stop();

    const clock = new FastClock(startedAt);
    return sentAtMs.map((sentAt, index) => {
      const reading = registered.get(String(warmUp + 1 + index)) ?? Number.NaN;
      return clock.momentOf(reading) - sentAt;
    });
  } finally {
    await store.stop();
  }
}
