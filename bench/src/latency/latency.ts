import type { Comparison } from '../comparison/comparison.js';
import { percentile } from '../comparison/percentile.js';
import { notifyingPgBossService } from '../peers/handmade-services.js';
import { peersAtHand } from '../peers/peers-at-hand.js';
import { formatNumber } from '../report/format-number.js';
import type { Row } from '../row.js';
import { asContestant } from '../services/as-contestant.js';
import { gatewayOnPostgres, gatewayOnSqlite } from '../services/gateway-services.js';
import type { Service } from '../services/service.js';
import { latencies } from './latencies.js';

const perSecond = 200;
const full = { course: { perSecond, warmUpSeconds: 5, seconds: 30 }, rounds: 2 };
const quick = { course: { perSecond, warmUpSeconds: 1, seconds: 2 }, rounds: 1 };

/** A contestant, and the latencies of each of its rounds in milliseconds. */
interface Measured {
  readonly service: Service;
  readonly rounds: number[][];
}

/** How long a receipt takes from the shop's request to its registration. */
export const latency: Row = {
  name: 'latency',
  title: `from the request to the registration at ${perSecond} receipts/s, beside hand-made services`,
  async measure({ quick: isQuick, tell }) {
    const { course, rounds } = isQuick ? quick : full;
    const peers = peersAtHand(tell, notifyingPgBossService);
    const measured: Measured[] = [...peers, gatewayOnSqlite, gatewayOnPostgres].map((service) => ({
      service,
      rounds: [],
    }));
    for (let round = 1; round <= rounds; round += 1) {
      for (const { service, rounds: done } of measured) {
        const each = await latencies(service, course);
        const [p50, p99] = [0.5, 0.99].map((share) => formatNumber(percentile(each, share)));
        tell(`round ${round}, ${service.name}: p50 ${p50} ms, p99 ${p99} ms`);
        done.push(each);
      }
    }
    const what = `accepted to registered at ${perSecond}/s for ${course.seconds} s`;
    return [
      compare(`${what}, p50`, { measured, peers, share: 0.5, mostMs: 10 }),
      compare(`${what}, p99`, { measured, peers, share: 0.99, mostMs: 50 }),
    ];
  },
};

interface Percentile {
  readonly measured: readonly Measured[];
  readonly peers: readonly Service[];
  readonly share: number;
  /** The bar, beside being below every peer. */
  readonly mostMs: number;
}

/** A percentile of each round is one sample. */
function compare(what: string, { measured, peers, share, mostMs }: Percentile): Comparison {
  const of = gatewayOnSqlite.name;
  return {
    what,
    unit: 'ms',
    contestants: measured.map(({ service, rounds }) =>
      asContestant(
        service,
        rounds.map((each) => percentile(each, share)),
      ),
    ),
    bars: [
      { kind: 'at most', value: mostMs, of },
      { kind: 'at most', ratio: 1, of, to: peers.map(({ name }) => name) },
    ],
  };
}
