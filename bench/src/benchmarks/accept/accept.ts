import type { Benchmark, Candidate, Comparison, Threshold } from '../../benchmark.js';
import { runLoad } from '../../load/run-load.js';
import { processorTime } from '../../process-usage.js';
import { formatNumber } from '../../report.js';
import { asCandidate, gatewayOnSqlite } from '../../services.js';
import { type Acceptor, echoName, startAcceptors } from './acceptors.js';

/** How much is asked of each candidate. */
interface Effort {
  /** Of a burst at least, and of the first one. */
  readonly leastRequests: number;
  /** Duration of a later burst, by the rate of the one before it. */
  readonly seconds: number;
  /** Rounds that do not count, the first burst among them. */
  readonly warmUpRounds: number;
  readonly rounds: number;
}

const full: Effort = { leastRequests: 3_000, seconds: 3, warmUpRounds: 2, rounds: 6 };
const quick: Effort = { leastRequests: 500, seconds: 0.5, warmUpRounds: 1, rounds: 1 };
const connections = 64;

/** Measures the cost of accepting a receipt. */
export const accept: Benchmark = {
  name: 'accept',
  title: 'signed POST /v5/receipts over 64 connections, delivery held back',
  async measure({ quick: isQuick, onProgress }) {
    const acceptors = await startAcceptors(onProgress);
    const measured = await interleave(acceptors, isQuick ? quick : full, onProgress);
    for (const acceptor of acceptors) await acceptor.stop();
    return [requestsPerSecond(measured), ...processorTimes(measured)];
  },
};

/** A candidate, and the results of the bursts that count. */
interface Measured {
  readonly acceptor: Acceptor;
  readonly bursts: readonly BurstResult[];
}

interface BurstResult {
  readonly perSecond: number;
  /** Processor time of the service's process per request, in microseconds; `null` outside Linux. */
  readonly processorUs: number | null;
}

/** Loads one candidate after the other, round after round, each time with receipts of new payments. */
async function interleave(
  acceptors: readonly Acceptor[],
  { leastRequests, seconds, warmUpRounds, rounds }: Effort,
  onProgress: (what: string) => void,
): Promise<Measured[]> {
  const measured = acceptors.map((acceptor) => ({ acceptor, bursts: [] as BurstResult[] }));
  let firstPayment = 1_000_000_000;
  for (let round = 1; round <= warmUpRounds + rounds; round += 1) {
    for (const { acceptor, bursts } of measured) {
      const { perSecond } = bursts.at(-1) ?? { perSecond: 0 };
      const requests = Math.max(leastRequests, Math.ceil(perSecond * seconds));
      const result = await burst(acceptor, { requests, firstPayment });
      firstPayment += requests;
      bursts.push(result);
      onProgress(`round ${round}, ${acceptor.name}, requests/s: ${formatNumber(result.perSecond)}`);
    }
  }
  return measured.map(({ acceptor, bursts }) => ({ acceptor, bursts: bursts.slice(warmUpRounds) }));
}

/** Sends so many requests as fast as they are answered, and lets the candidate finish what it has begun. */
async function burst(
  { program, rest }: Acceptor,
  { requests, firstPayment }: { readonly requests: number; readonly firstPayment: number },
): Promise<BurstResult> {
  const before = processorTime(program.pid);
  const { seconds } = await runLoad({ url: program.url, connections, requests, firstPayment });
  await rest?.();
  const after = processorTime(program.pid);
  return {
    perSecond: requests / seconds,
    processorUs: before === null || after === null ? null : (after - before) / requests,
  };
}

function requestsPerSecond(measured: readonly Measured[]): Comparison {
  const of = gatewayOnSqlite.name;
  const peers = measured.filter(({ acceptor }) => acceptor.isPeer).map(({ acceptor }) => acceptor.name);
  const thresholds: Threshold[] = [
    { kind: 'at least', ratio: 0.5, of, to: [echoName] },
    { kind: 'at least', ratio: 2, of, to: peers },
  ];
  return {
    what: 'POST /v5/receipts, 64 connections',
    unit: 'requests/s',
    candidates: measured.map((each) => candidate(each, ({ perSecond }) => perSecond)),
    thresholds,
  };
}

/** Compares processor times, for information: other programs on the machine change them least. */
function processorTimes(measured: readonly Measured[]): Comparison[] {
  const candidates = measured.map((each) => candidate(each, ({ processorUs }) => processorUs));
  if (candidates.every(({ samples }) => samples.length === 0)) return [];
  const what = "processor time of the service's own process, Redis and PostgreSQL not counted";
  return [{ what, unit: 'µs a request', candidates, thresholds: [] }];
}

function candidate(
  { acceptor, bursts }: Measured,
  sampleOf: (result: BurstResult) => number | null,
): Candidate {
  return asCandidate(
    acceptor,
    bursts.map(sampleOf).filter((sample) => sample !== null),
  );
}
