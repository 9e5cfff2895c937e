import type { Bar, Comparison, Contestant } from '../comparison/comparison.js';
import type { Row } from '../row.js';
import { asContestant } from '../services/as-contestant.js';
import { gatewayOnSqlite } from '../services/gateway-services.js';
import type { BurstResult } from './burst.js';
import { type Course, inTurns } from './in-turns.js';
import { echoName, startAcceptors } from './start-acceptors.js';

const full = { leastRequests: 3_000, seconds: 3, warmUpRounds: 2, rounds: 6 };
const quick = { leastRequests: 500, seconds: 0.5, warmUpRounds: 1, rounds: 1 };

/** What taking a receipt costs. */
export const accept: Row = {
  name: 'accept',
  title: 'signed POST /v5/receipts over 64 connections, delivery held back',
  async measure(circumstances) {
    const acceptors = await startAcceptors(circumstances.tell);
    const courses = await inTurns(acceptors, circumstances.quick ? quick : full, circumstances.tell);
    for (const acceptor of acceptors) await acceptor.stop();
    return [requestsPerSecond(courses), ...processorTimes(courses)];
  },
};

function requestsPerSecond(courses: readonly Course[]): Comparison {
  return {
    what: 'POST /v5/receipts, 64 connections',
    unit: 'requests/s',
    contestants: courses.map((course) => contestant(course, ({ perSecond }) => perSecond)),
    bars: barsFor(courses),
  };
}

function barsFor(courses: readonly Course[]): Bar[] {
  const of = gatewayOnSqlite.name;
  const peers = courses.filter(({ acceptor }) => acceptor.isPeer).map(({ acceptor }) => acceptor.name);
  return [
    { kind: 'at least', ratio: 0.5, of, to: [echoName] },
    { kind: 'at least', ratio: 2, of, to: peers },
  ];
}

/** For information, since other programs on the machine change it least; nothing where the system does not tell. */
function processorTimes(courses: readonly Course[]): Comparison[] {
  const contestants = courses.map((course) => contestant(course, ({ processorUs }) => processorUs));
  if (contestants.every(({ samples }) => samples.length === 0)) return [];
  const what = "processor time of the service's own process, Redis and PostgreSQL not counted";
  return [{ what, unit: 'µs a request', contestants, bars: [] }];
}

function contestant(
  { acceptor, results }: Course,
  sampleOf: (result: BurstResult) => number | null,
): Contestant {
  return asContestant(
    acceptor,
    results.map(sampleOf).filter((sample) => sample !== null),
  );
}
