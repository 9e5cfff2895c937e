import type { FaultRuleInput, WritingWay } from '@fiscalkit/sandbox';
import { type FaultGenerator, faultGenerators } from '../nemesis/draw-fault.js';
import type { Weighted } from './chance.js';

/**
 * Rewritings of cash registers, each for more than one receipt in ten. Names are rewritten in the order in
 * which a register and the API in front of it do.
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
  // Half of the time to settle is left for slow calls.
  ['late:500'],
]);

/** Rewritings that leave it open whether a receipt is ours or another of the payment. */
const illegibleWays = rulesFor(0.3, [['minor-total'], ['without:positions'], ['without:operation_type']]);

/** Whether a receipt can be identified after these rewritings. */
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

/** Faults that a run injects, and how often. */
export interface Profile {
  /** Generators of the faults between kills. */
  readonly besidesKills: readonly [Weighted<FaultGenerator>, ...Weighted<FaultGenerator>[]];
  /** Number of these faults for every kill. */
  readonly perKill: number;
  /** Rules by which the provider rewrites what it registers, to the end. */
  readonly writing: readonly FaultRuleInput[];
  /** Fault rules of the provider until the last document was submitted. */
  readonly standingFaults: readonly FaultRuleInput[];
}

/** Returns rules by which one answer in so many is lost after the document was registered. */
function loseAnswers(every: number): FaultRuleInput[] {
  return [
    { endpoint: 'receipts.create', on: { every }, fault: { kind: 'drop-after' } },
    { endpoint: 'payments.*', on: { every }, fault: { kind: 'drop-after' } },
  ];
}

const { troubleProvider, killProvider, jumpClock, refuseWrites, pauseBriefly, pausePastLease } =
  faultGenerators;

const turnedAway: FaultRuleInput = {
  endpoint: 'receipts.create',
  on: { probability: 0.5 },
  fault: { kind: 'status', status: 429, retryAfterSeconds: 0 },
};

/** Fault profiles by name. */
export const profiles = {
  /** All faults of an SQLite ledger; one answer in ten is lost. */
  sqlite: {
    besidesKills: [troubleProvider, killProvider, jumpClock, refuseWrites, pauseBriefly],
    perKill: 0.6,
    writing: waysOfWriting,
    standingFaults: loseAnswers(10),
  },
  /** All faults of processes on one PostgreSQL; one answer in ten is lost. */
  postgres: {
    besidesKills: [
      troubleProvider,
      killProvider,
      jumpClock,
      refuseWrites,
      pausePastLease,
      faultGenerators.restartDatabase,
      faultGenerators.crashDatabase,
      faultGenerators.breakConnections,
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
  /** One answer in three is lost, and many receipts are shown illegibly. */
  illegible: {
    besidesKills: [troubleProvider],
    perKill: 0.2,
    writing: illegibleWays,
    standingFaults: loseAnswers(3),
  },
  /** Clocks are wrong most of the time. */
  'wrong-clocks': { besidesKills: [jumpClock], perKill: 2, writing: [], standingFaults: loseAnswers(5) },
  /** Every second document is refused without being processed, to be sent again at once. */
  'refused-often': {
    besidesKills: [troubleProvider],
    perKill: 0.2,
    writing: [],
    standingFaults: [turnedAway],
  },
  /** The same from a slow provider, whose calls are always in flight while gateways pause past leases. */
  'stopped-gateways': {
    besidesKills: [pausePastLease],
    perKill: 3,
    writing: [],
    standingFaults: [turnedAway, { endpoint: 'receipts.create', fault: { kind: 'delay', ms: 700 } }],
  },
} as const satisfies Record<string, Profile>;

export type ProfileName = keyof typeof profiles;

/** Names of all profiles. */
export const profileNames = Object.keys(profiles) as ProfileName[];
