import type { FaultRuleInput } from '@fiscalkit/sandbox';
import type { Weighted } from './chance.js';
import { type Draw, draws } from './draws.js';
import { illegibleWays, waysOfWriting } from './ways-of-writing.js';

/** What a run makes go wrong most. */
export interface Emphasis {
  /** Drawn from between kills. */
  readonly besidesKills: readonly [Weighted<Draw>, ...Weighted<Draw>[]];
  /** How many of them there are for every kill. */
  readonly perKill: number;
  /** How the provider writes what it registers, to the end. */
  readonly writing: readonly FaultRuleInput[];
  /** Faults of the provider until the last document is handed in. */
  readonly standingFaults: readonly FaultRuleInput[];
}

/** One answer in so many is lost after the document was registered. */
function loseAnswers(every: number): FaultRuleInput[] {
  return [
    { endpoint: 'receipts.create', on: { every }, fault: { kind: 'drop-after' } },
    { endpoint: 'payments.*', on: { every }, fault: { kind: 'drop-after' } },
  ];
}

const { troubleProvider, killProvider, jumpClock, refuseWrites, pauseBriefly, pausePastLease } = draws;

const turnedAway: FaultRuleInput = {
  endpoint: 'receipts.create',
  on: { probability: 0.5 },
  fault: { kind: 'status', status: 429, retryAfterSeconds: 0 },
};

/** What runs can make go wrong most, by name. */
export const emphases = {
  /** All that can go wrong with an SQLite ledger; one answer in ten is lost. */
  sqlite: {
    besidesKills: [troubleProvider, killProvider, jumpClock, refuseWrites, pauseBriefly],
    perKill: 0.6,
    writing: waysOfWriting,
    standingFaults: loseAnswers(10),
  },
  /** All that can go wrong with processes on one PostgreSQL; one answer in ten is lost. */
  postgres: {
    besidesKills: [
      troubleProvider,
      killProvider,
      jumpClock,
      refuseWrites,
      pausePastLease,
      draws.restartDatabase,
      draws.crashDatabase,
      draws.breakConnections,
    ],
    perKill: 0.6,
    writing: waysOfWriting,
    standingFaults: loseAnswers(10),
  },
  /** One answer in three is lost. */
  'lost-answers': {
    besidesKills: [troubleProvider],
    perKill: 0.2,
    writing: waysOfWriting,
    standingFaults: loseAnswers(3),
  },
  /** One answer in three is lost, and many receipts are shown so that nobody can tell what they are. */
  illegible: {
    besidesKills: [troubleProvider],
    perKill: 0.2,
    writing: illegibleWays,
    standingFaults: loseAnswers(3),
  },
  /** Clocks are wrong most of the time. */
  'wrong-clocks': { besidesKills: [jumpClock], perKill: 2, writing: [], standingFaults: loseAnswers(5) },
  /** Every second document is turned away without being processed, to be sent again at once. */
  'refused-often': {
    besidesKills: [troubleProvider],
    perKill: 0.2,
    writing: [],
    standingFaults: [turnedAway],
  },
  /** The same, from a provider so slow that calls are always under way, while gateways stop for longer than their leases. */
  'stopped-gateways': {
    besidesKills: [pausePastLease],
    perKill: 3,
    writing: [],
    standingFaults: [turnedAway, { endpoint: 'receipts.create', fault: { kind: 'delay', ms: 700 } }],
  },
} as const satisfies Record<string, Emphasis>;

export type EmphasisName = keyof typeof emphases;

/** The names of all emphases. */
export const emphasisNames = Object.keys(emphases) as EmphasisName[];
