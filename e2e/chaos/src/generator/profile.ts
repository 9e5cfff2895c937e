import type { FaultRuleInput, WritingWay } from '@fiscalkit/sandbox';
import { type Draw, draws } from '../nemesis/draw-fault.js';
import type { Weighted } from './chance.js';

/**
 * How registers write, each way for more than one receipt in ten. Names are rewritten in the order in which a register and the API in
 * front of it do.
 */
const waysOfWriting = rulesFor(0.15, [
  ['cp866'],
  ['cp866-blank'],
  ['cp866-drop'],
  ['yo'],
  ['upper'],
  ['lower'],
  ['cut'],
  ['html'],
  ['reversed'],
  ['number-ids'],
  ['number-ids', 'own-id-filter'],
  ['text-numbers'],
  ['long-quantities'],
  ['upper-words'],
  // Half of the time to settle stays for calls that are slow themselves.
  ['late:500'],
]);

/** Ways after which nobody can tell what a receipt is: it may be ours, or another of the payment. */
const illegibleWays = rulesFor(0.3, [['minor-total'], ['without:positions'], ['without:operation_type']]);

/** Whether what is shown of a receipt tells what it is. */
export function isLegible(writing: readonly WritingWay[]): boolean {
  return !writing.some((way) => way === 'minor-total' || way.startsWith('without:'));
}

function rulesFor(probability: number, ways: readonly (readonly WritingWay[])[]): FaultRuleInput[] {
  return ways.map((as) => ({
    endpoint: 'receipts.create',
    on: { probability },
    fault: { kind: 'write', as: [...as] },
  }));
}

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
