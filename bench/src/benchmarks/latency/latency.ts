import { startProgram } from '@fiscalkit/testing';
import type { Benchmark, Comparison } from '../../benchmark.js';
import { monotonicMs } from '../../load/pace.js';
import { runLoad } from '../../load/run-load.js';
import { percentile } from '../../percentile.js';
import { registrations } from '../../programs.js';
import { formatNumber } from '../../report.js';
import {
  asCandidate,
  availablePeers,
  gatewayOnPostgres,
  gatewayOnSqlite,
  notifyingPgBossService,
  type Service,
} from '../../services.js';
import { FastClock } from './fast-clock.js';

const perSecond = 200;

/** How long a service is asked for receipts at that rate. */
interface Durations {
  /** Not measured. */
  readonly warmUpSeconds: number;
  readonly seconds: number;
}

const full = { durations: { warmUpSeconds: 5, seconds: 30 }, rounds: 2 };
const quick = { durations: { warmUpSeconds: 1, seconds: 2 }, rounds: 1 };

/** Measures the time from the shop's request to the registration of its receipt. */
export const latency: Benchmark = {
  name: 'latency',
  title: `from the request to the registration at ${perSecond} receipts/s, beside hand-made services`,
  async measure({ quick: isQuick, onProgress }) {
    const { durations, rounds } = isQuick ? quick : full;
    const peers = availablePeers(onProgress, notifyingPgBossService);
    const measured: Measured[] = [...peers, gatewayOnSqlite, gatewayOnPostgres].map((service) => ({
      service,
      rounds: [],
    }));
    for (let round = 1; round <= rounds; round += 1) {
      for (const { service, rounds: done } of measured) {
        const each = await latencies(service, durations);
        const [p50, p99] = [0.5, 0.99].map((share) => formatNumber(percentile(each, share)));
        onProgress(`round ${round}, ${service.name}: p50 ${p50} ms, p99 ${p99} ms`);
        done.push(each);
      }
    }
    const what = `accepted to registered at ${perSecond}/s for ${durations.seconds} s`;
    return [
      compare(`${what}, p50`, { measured, peers, share: 0.5, limitMs: 10 }),
      compare(`${what}, p99`, { measured, peers, share: 0.99, limitMs: 50 }),
    ];
  },
};

/** A candidate, and the latencies of each of its rounds in milliseconds. */
interface Measured {
  readonly service: Service;
  readonly rounds: number[][];
}

/** Requests receipts at a steady rate. Returns the milliseconds until the provider registered each. */
async function latencies(service: Service, { warmUpSeconds, seconds }: Durations): Promise<number[]> {
  const store = await service.startStore();
  try {
    const startedAt = monotonicMs();
    const clock = new FastClock(startedAt);
    const provider = await startProgram(new URL('provider/main.js', import.meta.url).href, {
      commandLine: [String(startedAt)],
    });
    const program = await service.start({ role: 'all', storeUrl: store.url, providerUrl: provider.url });
    const load = (firstPayment: number, requests: number) =>
      runLoad({ url: program.url, connections: 64, requests, firstPayment, perSecond });
    const warmUp = perSecond * warmUpSeconds;
    await load(1, warmUp);
    const { sentAtMs = [] } = await load(warmUp + 1, perSecond * seconds);
    const registered = await registrations(provider.url, warmUp + sentAtMs.length);
    await program.stop();
    await provider.stop();
    return sentAtMs.map((sentAt, index) => {
      const reading = registered.get(String(warmUp + 1 + index)) ?? Number.NaN;
      return clock.momentOf(reading) - sentAt;
    });
  } finally {
    await store.stop();
  }
}

interface Percentile {
  readonly measured: readonly Measured[];
  readonly peers: readonly Service[];
  readonly share: number;
  /** The threshold, beside being below every peer. */
  readonly limitMs: number;
}

/** Compares a percentile of each round; every round is one sample. */
function compare(what: string, { measured, peers, share, limitMs }: Percentile): Comparison {
  const of = gatewayOnSqlite.name;
  return {
    what,
    unit: 'ms',
    candidates: measured.map(({ service, rounds }) =>
      asCandidate(
        service,
        rounds.map((each) => percentile(each, share)),
      ),
    ),
    thresholds: [
      { kind: 'at most', value: limitMs, of },
      { kind: 'at most', ratio: 1, of, to: peers.map(({ name }) => name) },
    ],
  };
}
